import { describe, expect, test } from 'vitest';
import type { RecordedCall } from '@botloom/fake-telegram';
import { checkHistory, type History } from './history.ts';

const CHAT = 7;

/** A history of one chat: the texts that Telegram got, a second apart. */
function judge(
  texts: readonly string[],
  {
    kills = [],
    faults = {},
  }: { readonly kills?: readonly number[]; readonly faults?: Readonly<Record<number, string>> } = {},
) {
  const calls = texts.map((text, index): RecordedCall => ({
    seq: index + 1,
    at: index * 1000,
    bot: 'a_bot',
    bot_id: 1,
    method: 'sendMessage',
    parameters: { chat_id: CHAT, text },
    applied: faults[index] !== 'reset',
    status: faults[index] === undefined ? 200 : 0,
    fault: faults[index],
    result: undefined,
    error_code: undefined,
    description: undefined,
  }));
  const history: History = {
    calls,
    deliveries: [],
    expected: new Map([[CHAT, ['a', 'b', 'c']]]),
    kills: kills.map((at) => ({ at, until: at + 100 })),
    recordingTime: 500,
  };
  const { lost, wrong, reordered, duplicates, unexplained } = checkHistory(history);
  return { lost, wrong, reordered, duplicates, unexplained };
}

const CLEAN = { lost: [], wrong: [], reordered: [], duplicates: 0, unexplained: [] };

describe('the judge of histories', () => {
  test('finds nothing in a clean run', () => {
    expect(judge(['a', 'b', 'c'])).toEqual(CLEAN);
  });

  test('finds what was lost', () => {
    expect(judge(['a', 'c'])).toEqual({ ...CLEAN, lost: ['7: b'] });
  });

  test('does not count what Telegram never did', () => {
    expect(judge(['a', 'b', 'b', 'c'], { faults: { 1: 'reset' } })).toEqual(CLEAN);
  });

  test('finds what no right state says', () => {
    expect(judge(['a', 'b', 'x', 'c'])).toEqual({ ...CLEAN, wrong: ['7: x'] });
  });

  test('finds what was overtaken', () => {
    expect(judge(['a', 'c', 'b'])).toEqual({ ...CLEAN, reordered: ['7: b'] });
  });

  test('forgives what was doubled by a kill just after the first, and nothing else', () => {
    expect(judge(['a', 'b', 'b', 'c'], { kills: [1200] })).toEqual({ ...CLEAN, duplicates: 1 });
    expect(judge(['a', 'b', 'b', 'c'], { kills: [1900] })).toEqual({
      ...CLEAN,
      unexplained: [expect.stringMatching(/^7: b \(again 1000 ms later/)],
    });
    expect(judge(['a', 'b', 'b', 'c'], { kills: [950] })).toEqual({ ...CLEAN, duplicates: 1 });
    expect(judge(['a', 'b', 'b', 'c'], { kills: [800] })).toEqual({
      ...CLEAN,
      unexplained: [expect.stringMatching(/^7: b \(again 1000 ms later/)],
    });
    expect(judge(['a', 'b', 'b', 'b', 'c'], { kills: [1200] })).toEqual({
      ...CLEAN,
      duplicates: 1,
      unexplained: [expect.stringMatching(/^7: b \(again 1000 ms later/)],
    });
  });

  test('forgives what was doubled because the answer was lost', () => {
    expect(judge(['a', 'b', 'b', 'c'], { faults: { 1: 'accepted_then_reset' } })).toEqual({ ...CLEAN, duplicates: 1 });
  });

  test('does not take a batch that was sent again in its order for disorder', () => {
    expect(judge(['a', 'b', 'c', 'a', 'b', 'c'], { kills: [200, 1200, 2200] })).toEqual({ ...CLEAN, duplicates: 3 });
  });
});
