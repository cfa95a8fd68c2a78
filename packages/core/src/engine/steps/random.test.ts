import { expect, test } from 'vitest';
import { ANN, dialogue, ENV } from '../fixtures/dialogue.ts';
import { fractionOf } from '../values/fraction-of.ts';

const flow = (more: object = {}): object => ({
  steps: [
    {
      id: 'r',
      type: 'random',
      branches: [{ weight: 1, next: 'a' }, { weight: 2, next: 'b' }, { next: null }],
      ...more,
    },
    { id: 'a', type: 'message', text: 'a', next: null },
    { id: 'b', type: 'message', text: 'b', next: null },
  ],
});
const draw = (random: number, more: object = {}, user = ANN): string =>
  dialogue([{ trigger_command: 'start', flow_data: flow(more) }], { ...ENV, random: () => random, user }).say(
    '/start',
  )[0] ?? 'none';

test('branches are drawn by weight', () => {
  expect([0, 0.24, 0.26, 0.74, 0.76, 0.999_999].map((random) => draw(random))).toEqual([
    'a',
    'a',
    'b',
    'b',
    'none',
    'none',
  ]);
});

test('a sticky draw is always the same for a person, and follows the weights over all people', () => {
  expect(draw(0, { sticky: true })).toBe(draw(0.99, { sticky: true }));
  const people = Array.from({ length: 2000 }, (_, index) =>
    draw(0, { sticky: true }, { ...ANN, id: `person-${index}` }),
  );
  const share = (said: string): number => people.filter((each) => each === said).length / people.length;
  expect(share('a')).toBeGreaterThan(0.2);
  expect(share('a')).toBeLessThan(0.3);
  expect(share('b')).toBeGreaterThan(0.45);
  expect(share('b')).toBeLessThan(0.55);
});

test('fractions are evenly spread over similar texts', () => {
  const tenths = new Array<number>(10).fill(0);
  for (let index = 0; index < 10_000; index += 1) {
    const fraction = fractionOf(`11111111-1111-4111-8111-${String(index).padStart(12, '0')} flow-1 r`);
    tenths[Math.floor(fraction * 10)] = (tenths[Math.floor(fraction * 10)] ?? 0) + 1;
  }
  for (const count of tenths) expect(Math.abs(count - 1000)).toBeLessThan(150);
});
