import { describe, expect, test } from 'vitest';
import { createManualClock } from '../../ports/index.ts';
import { Lane } from './lane.ts';

interface Item {
  readonly name: string;
  readonly bytes: number;
}

const item = (name: string, bytes = 1): Item => ({ name, bytes });

function makeLane(
  options: { batchSize?: number; batchBytes?: number; linger?: number; mayStart?: () => boolean } = {},
) {
  const batches: string[][] = [];
  const releases: (() => void)[] = [];
  const clock = createManualClock();
  const started = { tell: (): void => undefined };
  const lane = new Lane<Item>({
    batchSize: options.batchSize ?? 100,
    batchBytes: options.batchBytes ?? 1000,
    linger: options.linger ?? 0,
    canStart: options.mayStart ?? (() => true),
    monotonic: () => clock.monotonic(),
    run: (items) => {
      batches.push(items.map(({ name }) => name));
      started.tell();
      return new Promise((resolve) => releases.push(resolve));
    },
  });
  const nextBatch = (): Promise<void> =>
    new Promise((resolve) => {
      started.tell = resolve;
    });
  const release = (): void => releases.shift()?.();
  return { lane, batches, release, nextBatch, clock };
}

describe('Lane', () => {
  test('an idle lane puts all items of the same turn of the event loop into one batch', async () => {
    const { lane, batches, release, nextBatch } = makeLane();
    const begun = nextBatch();
    lane.push(item('a'));
    lane.push(item('b'));
    await begun;
    expect(batches).toEqual([['a', 'b']]);
    release();
    await lane.idle();
  });

  test('while a batch runs, the next batch collects items', async () => {
    const { lane, batches, release, nextBatch } = makeLane();
    const first = nextBatch();
    lane.push(item('a'));
    await first;
    lane.push(item('b'));
    lane.push(item('c'));
    const second = nextBatch();
    release();
    await second;
    expect(batches).toEqual([['a'], ['b', 'c']]);
    release();
    await lane.idle();
  });

  test('a batch is limited in items and bytes, but always accepts one item', async () => {
    const { lane, batches, release, nextBatch } = makeLane({ batchSize: 2, batchBytes: 10 });
    for (const [name, bytes] of [
      ['a', 1],
      ['b', 1],
      ['c', 99],
      ['d', 5],
      ['e', 6],
    ] as const)
      lane.push(item(name, bytes));
    for (let i = 0; i < 4; i += 1) {
      await nextBatch();
      release();
    }
    await lane.idle();
    expect(batches).toEqual([['a', 'b'], ['c'], ['d'], ['e']]);
  });

  test('starts no batch while it must not, and continues when it is woken', async () => {
    let mayStart = false;
    const { lane, batches, release, nextBatch } = makeLane({ mayStart: () => mayStart });
    lane.push(item('a'));
    lane.push(item('b'));
    expect(lane.removeWhere(({ name }) => name === 'a').map(({ name }) => name)).toEqual(['a']);
    mayStart = true;
    const begun = nextBatch();
    lane.wake();
    await begun;
    expect(batches).toEqual([['b']]);
    release();
    await lane.idle();
  });

  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

  test('a batch collects as long as every turn adds an item, and starts after a turn without one', async () => {
    const { lane, batches, release } = makeLane({ linger: 5 });
    for (const name of ['a', 'b', 'c']) {
      lane.push(item(name));
      await turn();
    }
    expect(batches).toEqual([]);
    await turn();
    expect(batches).toEqual([['a', 'b', 'c']]);
    release();
    await lane.idle();
  });

  test('a batch collects no longer than the linger time, and no more items than its maximum', async () => {
    const { lane, batches, release, clock } = makeLane({ linger: 5, batchSize: 3 });
    lane.push(item('a'));
    await turn();
    clock.advance(5);
    lane.push(item('b'));
    await turn();
    expect(batches).toEqual([['a', 'b']]);
    release();
    await lane.idle();
    for (const name of ['c', 'd', 'e']) lane.push(item(name));
    await turn();
    expect(batches.at(-1)).toEqual(['c', 'd', 'e']);
    release();
    await lane.idle();
  });
});
