import { expect, test } from 'vitest';
import { compileFlow } from '../../compile-flow.ts';
import { validateFlow } from '../../validate-flow.ts';

const message = { id: 'a', type: 'message', text: 'Hi' };

test('goes on with the following step, with the one it names, or ends', () => {
  const next = (step: object): string | null | undefined => {
    const compiled = compileFlow({
      steps: [
        { ...message, ...step },
        { ...message, id: 'b' },
        { ...message, id: 'c' },
      ],
    }).steps.get('a');
    return compiled?.kind === 'message' ? compiled.next : undefined;
  };
  expect(next({})).toBe('b');
  expect(next({ next: 'c' })).toBe('c');
  expect(next({ next: null })).toBeNull();
});

test('with a version every step states its next', () => {
  const problems = validateFlow({ version: 1, initial_step: 'a', steps: [message] });
  expect(problems).toEqual([{ path: '/steps/0/next', code: 'required', message: '"next" is missing', hint: expect.any(String) }]);
  expect(validateFlow({ version: 1, initial_step: 'a', steps: [{ ...message, next: null }] })).toEqual([]);
});

test.each([
  [{ text: '' }, '/steps/0/text', 'empty'],
  [{ text: ' \n ' }, '/steps/0/text', 'empty'],
  [{ text: undefined }, '/steps/0/text', 'required'],
  [{ text: { html: 'x' } }, '/steps/0/text', 'wrong_type'],
  [{ text: 'x'.repeat(4097) }, '/steps/0/text', 'text_too_long'],
  [{ text: '{{ x' }, '/steps/0/text', 'template_invalid'],
  [{ next: 'b' }, '/steps/0/next', 'dangling_step'],
  [{ next: 3 }, '/steps/0/next', 'wrong_type'],
  [{ tetx: 'x' }, '/steps/0/tetx', 'unknown_key'],
  [{ id: '' }, '/steps/0/id', 'empty'],
  [{ id: 'x'.repeat(65) }, '/steps/0/id', 'too_big'],
  [{ id: 'a\u0000' }, '/steps/0/id', 'wrong_format'],
])('%j is refused', (step, path, code) => {
  expect(validateFlow({ steps: [{ ...message, ...step }] })).toMatchObject([{ path, code }]);
});

test('a text of exactly 4096 characters and values that make it longer are fine', () => {
  expect(validateFlow({ response: 'x'.repeat(4096) })).toEqual([]);
  expect(validateFlow({ response: `${'x'.repeat(4090)}{{ user.first_name }}` })).toEqual([]);
});
