import { expect, test } from 'vitest';
import { didYouMean, nearestHint } from './did-you-mean.ts';

test.each([
  ['tetx', 'text'],
  ['Respons', 'response'],
  ['mesage', 'message'],
  ['quest', null],
  ['2', null],
])('%s → %s', (name, meant) => {
  expect(didYouMean(name, ['text', 'response', 'message', '1'])).toBe(meant);
});

test('lists the candidates when none is near and they are few', () => {
  expect(nearestHint('x', ['text', 'next'])).toBe('Known here: "text", "next".');
  expect(nearestHint('x', [])).toBeUndefined();
});
