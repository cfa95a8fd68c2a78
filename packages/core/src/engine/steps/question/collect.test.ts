import { describe, expect, test } from 'vitest';
import { validateFlow } from '../../../flow/index.ts';
import type { JsonObject } from '../../../model/index.ts';
import type { EngineEvent } from '../../event.ts';
import { askQuestion, sends } from '../../fixtures/ask-question.ts';
import { ENV, text, type Dialogue } from '../../fixtures/dialogue.ts';
import { readState } from '../../state/read-state.ts';

const NOW = Date.parse('2026-11-22T17:00:00.000Z');

function ask(question: object): Dialogue {
  return askQuestion({ collect: {}, ...question }, { ...ENV, now: NOW });
}

/** The timers that were asked for by the last event: purpose and number. */
function timersOf(ann: Dialogue): string[] {
  return ann.last.effects.flatMap((effect) =>
    effect.kind === 'timer' ? [`${effect.purpose} ${effect.number} +${effect.due_at - NOW}`] : [],
  );
}

function quietTimer(
  ann: Dialogue,
  number: number,
  purpose: 'collect' | 'no_answer' | 'reminder' = 'collect',
): EngineEvent {
  return { kind: 'timer', token: readState(ann.session).wait?.token ?? 'none', purpose, number };
}

function photo(file_id: string, album?: string): EngineEvent {
  const content: JsonObject = {
    photo: [{ file_id, file_unique_id: `u${file_id}`, width: 1, height: 1 }],
    ...(album === undefined ? {} : { media_group_id: album }),
  };
  return sends('photo', content);
}

function answerOf(ann: Dialogue): unknown {
  return ann.last.answers[0]?.value;
}

describe('an answer of several messages', () => {
  test('is complete when no message has arrived for a while', () => {
    const ann = ask({});
    ann.say('One');
    expect(timersOf(ann)).toEqual(['collect 1 +3000']);
    expect(readState(ann.session).wait).toMatchObject({ reason: 'answer', deadline: NOW + 3_000 });
    ann.say('two');
    expect(timersOf(ann)).toEqual(['collect 2 +3000']);
    const before = ann.session;
    ann.play(quietTimer(ann, 1));
    expect(ann.session).toBe(before);
    ann.play(quietTimer(ann, 2));
    expect(answerOf(ann)).toBe('One\ntwo');
    expect(ann.session.step_id).toBeNull();
  });

  test('is complete immediately at its maximum of messages', () => {
    const ann = ask({ collect: { max: 2, silence: 'PT10S' } });
    ann.say('One');
    expect(timersOf(ann)).toEqual(['collect 1 +10000']);
    ann.say('two');
    expect(answerOf(ann)).toBe('One\ntwo');
    expect(timersOf(ann)).toEqual([]);
  });

  test('of files is a list, also with a single file', () => {
    const ann = ask({ input: 'photo' });
    ann.play(photo('a'));
    ann.play(quietTimer(ann, 1));
    expect(answerOf(ann)).toEqual([{ file_id: 'a', file_unique_id: 'ua', caption: null }]);
  });

  test('counts an album as one, and waits for all of it', () => {
    const ann = ask({ input: 'photo', collect: { max: 2 } });
    ann.play(photo('a'));
    for (const id of ['b', 'c', 'd']) {
      ann.play(photo(id, 'album'));
      expect(ann.last.answers).toEqual([]);
    }
    expect(ann.play(quietTimer(ann, 4))).toEqual([]);
    expect(answerOf(ann)).toMatchObject([{ file_id: 'a' }, { file_id: 'b' }, { file_id: 'c' }, { file_id: 'd' }]);
  });

  test('ends without a message that is one too many', () => {
    const ann = ask({ input: 'photo', collect: { max: 2 } });
    ann.play(photo('a', 'first'));
    ann.play(photo('b', 'second'));
    ann.play(photo('c'));
    expect(answerOf(ann)).toMatchObject([{ file_id: 'a' }, { file_id: 'b' }]);
  });

  test('of any input stores each part in its own form', () => {
    const ann = ask({ input: 'any' });
    ann.say('See:');
    ann.play(photo('a'));
    ann.play(quietTimer(ann, 2));
    expect(answerOf(ann)).toEqual([
      { type: 'text', text: 'See:', file_id: null },
      { type: 'photo', text: null, file_id: 'a' },
    ]);
  });

  test('leaves out messages that are not valid', () => {
    const ann = ask({ input: 'photo', retry: 'A photo, please' });
    ann.play(photo('a'));
    expect(ann.say('what?')).toEqual(['A photo, please']);
    ann.play(quietTimer(ann, 1));
    expect(answerOf(ann)).toMatchObject([{ file_id: 'a' }]);
  });

  test('is completed by the skip words, and dropped by the cancel words', () => {
    const ways = { skip: { words: ['done'] }, cancel: { words: ['stop'], next: null } };
    const ann = ask(ways);
    ann.say('One');
    ann.say('done');
    expect(answerOf(ann)).toBe('One');
    const bob = ask(ways);
    bob.say('One');
    bob.say('stop');
    expect(bob.last.answers).toEqual([]);
    expect(bob.session.step_id).toBeNull();
  });

  test('needs no reminder, and the no-answer timeout completes it', () => {
    const ann = ask({ reminders: [{ after: 'PT1M', text: 'Well?' }], no_answer: { after: 'PT2M', next: null } });
    ann.say('One');
    expect(readState(ann.session).wait).toMatchObject({ token: 'e1' });
    expect(ann.play(quietTimer(ann, 0, 'reminder'))).toEqual([]);
    ann.play(quietTimer(ann, 0, 'no_answer'));
    expect(answerOf(ann)).toBe('One');
  });

  test('that has not started is not completed by a timer', () => {
    const ann = ask({ no_answer: { after: 'PT2M', next: null } });
    ann.play(quietTimer(ann, 0));
    expect(ann.session.step_id).toBe('q');
    ann.play(quietTimer(ann, 0, 'no_answer'));
    expect(ann.last.answers).toEqual([]);
    expect(ann.session.step_id).toBeNull();
  });

  test('of an earlier visit is stale', () => {
    const ann = ask({});
    ann.say('One');
    const timer = quietTimer(ann, 1);
    ann.say('/start');
    ann.say('Two');
    ann.play(timer);
    expect(ann.last.trace).toEqual([{ kind: 'stale', step_id: 'q', detail: null }]);
    ann.play(quietTimer(ann, 1));
    expect(answerOf(ann)).toBe('Two');
  });

  test('is limited by the size of a session', () => {
    const ann = ask({ input: 'any', collect: { max: 50 } });
    const long = 'x'.repeat(100_000);
    for (const words of [long, long]) ann.play(text(words));
    expect(ann.last.answers).toEqual([]);
    ann.play(text(long));
    expect(ann.last.trace.map(({ kind }) => kind)).toContain('budget_exceeded');
    expect(ann.session.step_id).toBeNull();
  });
});

test.each<[object, string[]]>([
  [{ collect: {} }, []],
  [{ input: 'document', collect: { silence: { seconds: 5 }, max: 10 }, skip: { words: ['none'], value: [] } }, []],
  [{ collect: { silence: 'PT2M' } }, ['/collect/silence duration_invalid']],
  [{ collect: { max: 1 } }, ['/collect/max too_small']],
  [{ collect: { max: 51 } }, ['/collect/max too_big']],
  [{ input: 'number', collect: {} }, ['/collect not_for_input']],
  [
    {
      input: 'photo',
      collect: {},
      skip: { words: ['none'], value: { file_id: 'a', file_unique_id: 'b', caption: null } },
    },
    ['/skip/value value_not_of_input'],
  ],
])('%j', (question, problems) => {
  const found = validateFlow({ steps: [{ id: 'q', type: 'question', text: 'x', ...question }] });
  expect(found.map(({ path, code }) => `${path.replace('/steps/0', '')} ${code}`)).toEqual(problems);
});
