import { describe, expect, test } from 'vitest';
import { dialogue, text, type Dialogue } from '../fixtures/dialogue.ts';

const say = (text: string) => ({ id: 'said', type: 'message', text });
const walking = (...steps: object[]): Dialogue => dialogue([{ trigger_command: 'start', flow_data: { steps } }]);

describe('tags', () => {
  test('are added and removed, and later steps see the change', () => {
    const steps = [
      { id: 'plan', type: 'question', text: 'Plan?' },
      { id: 'more', type: 'tag', tags: ['vip', ' plan {{ plan }} ', 'early'] },
      { id: 'less', type: 'untag', tags: ['early', 'nobody has it'] },
      {
        id: 'check',
        type: 'condition',
        if: { var: 'user.tags', op: 'contains', value: 'vip' },
        then: 'said',
        else: null,
      },
      say('{{ user.tags | join: ", " }}'),
    ];
    const ann = walking(...steps);
    ann.say('/start');
    expect(ann.say('pro')).toEqual([
      '(user) early vip plan pro {"tier":"gold"}',
      '(user) vip plan pro {"tier":"gold"}',
      'vip, plan pro',
    ]);
    // The next walk finds them.
    ann.say('/start');
    ann.play(text('pro'));
    expect(ann.last.effects[0]).toMatchObject({ tags: ['vip', 'plan pro', 'early'] });
  });

  test('that do not change have no effect', () => {
    expect(
      walking({ id: 'a', type: 'tag', tags: ['early', 'early'] }, { id: 'b', type: 'untag', tags: ['late'] }).say(
        '/start',
      ),
    ).toEqual([]);
  });

  test.each([
    ['{{ user.phone }}', '"" is not a valid tag: it must have 1 to 64 characters, on one line'],
    [
      `${'x'.repeat(40)} {{ user.first_name }} ${'x'.repeat(40)}`,
      `"${'x'.repeat(40)} Ann ${'x'.repeat(19)}" is not a valid tag: it must have 1 to 64 characters, on one line`,
    ],
    ['{{ user.first_name }}\n!', String.raw`"Ann\n!" is not a valid tag: it must have 1 to 64 characters, on one line`],
  ])('of %j continue at the error branch, and none is added', (tag, reason) => {
    const ann = walking(
      { id: 'a', type: 'tag', tags: ['good', tag], on_error: 'said', next: null },
      say('Sorry: {{ user.tags | join: "," }}'),
    );
    expect(ann.say('/start')).toEqual(['Sorry: early']);
    expect(ann.last.trace).toContainEqual({ kind: 'step_failed', step_id: 'a', detail: reason });
  });

  test('are 100 at most', () => {
    const tags = (from: number) => Array.from({ length: 60 }, (_, index) => `tag ${from + index}`);
    const ann = walking(
      { id: 'a', type: 'tag', tags: tags(0) },
      { id: 'b', type: 'tag', tags: tags(60) },
      say('not reached'),
    );
    expect(ann.say('/start')).toHaveLength(1);
    expect(ann.last.trace).toContainEqual({
      kind: 'step_failed',
      step_id: 'b',
      detail: 'A user can have at most 100 tags',
    });
  });
});
