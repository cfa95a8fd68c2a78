import { expect, test } from 'vitest';
import { compileFlow } from '../../compile-flow.ts';
import { validateFlow } from '../../validate-flow.ts';

const question = { id: 'age', type: 'question', text: 'Age?' };

test('a question without a variable uses its id, without an input takes text', () => {
  expect(compileFlow({ steps: [question] }).steps.get('age')).toMatchObject({
    variable: 'age',
    takes: { input: 'text' },
    retry: null,
    next: null,
  });
  expect(compileFlow({ steps: [{ ...question, variable: 'years' }] }).steps.get('age')).toMatchObject({ variable: 'years' });
});

test.each([
  [{ input: 'dates' }, '/steps/0/input', 'wrong_value'],
  [{ min: 1 }, '/steps/0/min', 'not_for_input'],
  [{ max: 1 }, '/steps/0/max', 'not_for_input'],
  [{ integer: true }, '/steps/0/integer', 'not_for_input'],
  [{ input: 'number', min: 3, max: 2 }, '/steps/0/min', 'min_over_max'],
  [{ input: 'number', min: 1.2, max: 1.8, integer: true }, '/steps/0/min', 'min_over_max'],
  [{ input: 'number', min: '3' }, '/steps/0/min', 'wrong_type'],
  [{ input: 'number', max: Infinity }, '/steps/0/max', 'wrong_type'],
  [{ retry: '' }, '/steps/0/retry', 'empty'],
  [{ variable: '1st' }, '/steps/0/variable', 'wrong_format'],
  [{ variable: 'a.b' }, '/steps/0/variable', 'wrong_format'],
  [{ variable: 'user' }, '/steps/0/variable', 'name_reserved'],
  [{ variable: 'empty' }, '/steps/0/variable', 'name_reserved'],
  [{ id: 'bot' }, '/steps/0/id', 'name_reserved'],
])('%j is refused', (step, path, code) => {
  expect(validateFlow({ steps: [{ ...question, ...step }] })).toMatchObject([{ path, code }]);
});

test('variables have names in any script', () => {
  for (const variable of ['name', 'имя', 'größe', 'नाम', '名前', '_x', 'a-b', 'v2']) {
    expect(
      validateFlow({
        steps: [
          { ...question, variable },
          { id: 'b', type: 'message', text: `{{ ${variable} }}` },
        ],
      }),
      variable,
    ).toEqual([]);
  }
});

test('P1 names that poison objects are refused', () => {
  for (const variable of ['__proto__', 'constructor', 'prototype', 'constructor.prototype.x', 'a.__proto__.b', 'a[b]']) {
    expect(validateFlow({ steps: [{ ...question, variable }] }), variable).toMatchObject([{ path: '/steps/0/variable' }]);
  }
  for (const id of ['__proto__', 'constructor', 'prototype'])
    expect(validateFlow({ steps: [{ ...question, id }] }), id).toMatchObject([{ path: '/steps/0/id', code: 'name_reserved' }]);
});
