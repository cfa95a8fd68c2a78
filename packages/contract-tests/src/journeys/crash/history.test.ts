import { describe, expect, test } from 'vitest';
import type { RecordedCall } from '@botloom/fake-telegram';
import { checkHistory, type History } from './history.ts';

const CHAT = 7;

/** A history of one chat: texts that Telegram received, one second apart. */
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

describe('checkHistory', () => {
  test('reports nothing for a clean run', () => {
    expect(judge(['a', 'b', 'c'])).toEqual(CLEAN);
  });

  test('reports a lost text', () => {
    expect(judge(['a', 'c'])).toEqual({ ...CLEAN, lost: ['7: b'] });
  });

  test('ignores a call that Telegram did not execute', () => {
    expect(judge(['a', 'b', 'b', 'c'], { faults: { 1: 'reset' } })).toEqual(CLEAN);
  });

  test('reports a text that no correct state produces', () => {
    expect(judge(['a', 'b', 'x', 'c'])).toEqual({ ...CLEAN, wrong: ['7: x'] });
  });

  test('reports a text that was overtaken', () => {
    expect(judge(['a', 'c', 'b'])).toEqual({ ...CLEAN, reordered: ['7: b'] });
  });

  test('accepts a duplicate after a kill shortly after the first send, and no other duplicate', () => {
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

  test('accepts a duplicate whose first response was lost', () => {
    expect(judge(['a', 'b', 'b', 'c'], { faults: { 1: 'accepted_then_reset' } })).toEqual({ ...CLEAN, duplicates: 1 });
  });

  test('does not report a batch that was sent again in the same order as reordered', () => {
    expect(judge(['a', 'b', 'c', 'a', 'b', 'c'], { kills: [200, 1200, 2200] })).toEqual({ ...CLEAN, duplicates: 3 });
  });
});
