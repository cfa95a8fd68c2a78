import { describe, expect, test } from 'vitest';
import { createManualClock, silentLogger } from '../../ports/index.ts';
import { BatchDataError, type SendOutcome } from '../../storage/index.ts';
import { BatchedWriter } from './batched-writer.ts';

const sent = (id: number): SendOutcome => ({ source: 'message', id, kind: 'sent', telegram_message_id: id, at: 0 });
const ids = (outcomes: readonly SendOutcome[]): number[] => outcomes.map(({ id }) => id);

describe('BatchedWriter', () => {
  test('writes everything that is added within the delay in one batch', async () => {
    const clock = createManualClock();
    const written: number[][] = [];
    const writer = new BatchedWriter<SendOutcome>({
      delayMs: 20,
      clock,
      logger: silentLogger,
      onWritten: () => undefined,
      toFallback: () => null,
      write: async (outcomes) => void written.push(ids(outcomes)),
    });
    writer.add(sent(1));
    clock.advance(19);
    writer.add(sent(2));
    expect(written).toEqual([]);
    clock.advance(1);
    expect(await writer.flush()).toBe(true);
    expect(written).toEqual([[1, 2]]);
  });

  test('keeps the batch when the database is unavailable, and writes it in order later', async () => {
    const clock = createManualClock();
    const settled: number[] = [];
    let isDown = true;
    const writer = new BatchedWriter<SendOutcome>({
      delayMs: 20,
      clock,
      logger: silentLogger,
      onWritten: (outcomes) => settled.push(...ids(outcomes)),
      toFallback: () => null,
      write: async () => {
        if (isDown) throw new Error('the database is away');
      },
    });
    writer.add(sent(1));
    expect(await writer.flush()).toBe(false);
    writer.add(sent(2));
    isDown = false;
    expect(await writer.flush()).toBe(true);
    expect(settled).toEqual([1, 2]);
  });

  test('an item that the database always rejects does not block the others, and its fallback is written', async () => {
    const written: number[][] = [];
    const settled: number[] = [];
    const writer = new BatchedWriter<SendOutcome>({
      delayMs: 20,
      clock: createManualClock(),
      logger: silentLogger,
      onWritten: (outcomes) => settled.push(...ids(outcomes)),
      toFallback: ({ id }) => (id === 3 ? sent(30) : null),
      write: async (outcomes) => {
        if (ids(outcomes).some((id) => id === 3 || id === 4)) throw new BatchDataError('poison');
        written.push(ids(outcomes));
      },
    });
    for (const id of [1, 2, 3, 4, 5]) writer.add(sent(id));
    expect(await writer.flush()).toBe(true);
    expect(written).toEqual([[1, 2], [30], [5]]);
    expect(settled).toEqual([1, 2, 30, 4, 5]);
  });

  test('items that were not written before the database became unavailable are written later', async () => {
    const written: number[] = [];
    let isDown = true;
    const writer = new BatchedWriter<SendOutcome>({
      delayMs: 20,
      clock: createManualClock(),
      logger: silentLogger,
      onWritten: () => undefined,
      toFallback: () => null,
      write: async (outcomes) => {
        if (ids(outcomes).includes(3)) throw new BatchDataError('poison');
        if (isDown && ids(outcomes).includes(2)) throw new Error('the database is away');
        written.push(...ids(outcomes));
      },
    });
    for (const id of [1, 2, 3, 4]) writer.add(sent(id));
    expect(await writer.flush()).toBe(false);
    isDown = false;
    expect(await writer.flush()).toBe(true);
    expect(written).toEqual([1, 2, 4]);
  });
});
