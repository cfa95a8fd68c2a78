import { describe, expect, test } from 'vitest';
import type { SendOutcome } from '../storage/index.ts';
import { silentLogger } from './logger.ts';
import { createManualClock } from './manual-clock.ts';
import { Settler } from './settler.ts';

const sent = (id: number): SendOutcome => ({ source: 'message', id, kind: 'sent', telegram_message_id: id, at: 0 });
const ids = (outcomes: readonly SendOutcome[]): number[] => outcomes.map(({ id }) => id);

describe('Settler', () => {
  test('writes together what gathers within the delay', async () => {
    const clock = createManualClock();
    const written: number[][] = [];
    const settler = new Settler<SendOutcome>({ delay: 20, clock, logger: silentLogger, onSettled: () => undefined, write: async (outcomes) => void written.push(ids(outcomes)) });
    settler.add(sent(1));
    clock.advance(19);
    settler.add(sent(2));
    expect(written).toEqual([]);
    clock.advance(1);
    expect(await settler.flush()).toBe(true);
    expect(written).toEqual([[1, 2]]);
  });

  test('keeps what the database refuses, in order, and tries again', async () => {
    const clock = createManualClock();
    const settled: number[] = [];
    let isDown = true;
    const settler = new Settler<SendOutcome>({
      delay: 20,
      clock,
      logger: silentLogger,
      onSettled: (outcomes) => settled.push(...ids(outcomes)),
      write: async () => {
        if (isDown) throw new Error('the database is away');
      },
    });
    settler.add(sent(1));
    expect(await settler.flush()).toBe(false);
    settler.add(sent(2));
    isDown = false;
    expect(await settler.flush()).toBe(true);
    expect(settled).toEqual([1, 2]);
  });
});
