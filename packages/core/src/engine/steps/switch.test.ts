import { expect, test } from 'vitest';
import { dialogue } from '../fixtures/dialogue.ts';

const say = (id: string): object => ({ id, type: 'message', text: id, next: null });
const choose = (variables: object, more: object = {}): string[] =>
  dialogue([
    {
      trigger_command: 'start',
      flow_data: {
        variables: { limit: 3, ...variables },
        steps: [
          {
            id: 's',
            type: 'switch',
            value: '{{ plan }}',
            cases: [
              { is: 'basic', next: 'basic' },
              { is: ['pro', 'team'], next: 'pro' },
              { is: '{{ limit }}', next: 'limit' },
              { is: null, next: 'none' },
              { is: true, next: null },
            ],
            next: 'other',
            ...more,
          },
          ...['basic', 'pro', 'limit', 'none', 'other'].map(say),
        ],
      },
    },
  ]).say('/start');

test.each([
  ['basic', ['basic']],
  ['pro', ['pro']],
  ['team', ['pro']],
  [3, ['limit']],
  ['3', ['limit']],
  [null, ['none']],
  [true, []],
  ['BASIC', ['other']],
  [['pro'], ['other']],
])('%j leads to %j', (plan, said) => {
  expect(choose({ plan })).toEqual(said);
});

test('case can be ignored', () => {
  expect(choose({ plan: 'TEAM' }, { ignore_case: true })).toEqual(['pro']);
});
