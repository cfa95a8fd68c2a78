import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { labels } from '../../../model/index.ts';
import { compileFlow } from '../../compile-flow.ts';
import { INPUT_KINDS, QUESTION_INPUTS, type AnyInputKind } from '../../inputs/input-kinds.ts';
import { validateFlow } from '../../validate-flow.ts';
import { STEP_KINDS } from '../step-kinds.ts';

const question = { id: 'age', type: 'question', text: 'Age?' };

test('by default the variable is the ID of the step, and the input is text', () => {
  expect(compileFlow({ steps: [question] }).steps.get('age')).toMatchObject({
    variable: 'age',
    input: { input: 'text' },
    retry: null,
    next: null,
  });
  expect(compileFlow({ steps: [{ ...question, variable: 'years' }] }).steps.get('age')).toMatchObject({
    variable: 'years',
  });
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
  [{ check: { var: 'age', op: '>', value: 3 } }, '/steps/0/retry', 'required'],
  [{ check: { var: 'age', op: 'is_set' }, retry: 'No', collect: {} }, '/steps/0/check', 'fields_conflict'],
  [{ check: { var: 'years', op: 'is_set' }, retry: 'No' }, '/steps/0/check/var', 'unknown_variable'],
  [{ check: { var: 'age' }, retry: 'No' }, '/steps/0/check/op', 'required'],
  [{ variable: '1st' }, '/steps/0/variable', 'wrong_format'],
  [{ variable: 'a.b' }, '/steps/0/variable', 'wrong_format'],
  [{ variable: 'user' }, '/steps/0/variable', 'name_reserved'],
  [{ variable: 'empty' }, '/steps/0/variable', 'name_reserved'],
  [{ id: 'bot' }, '/steps/0/id', 'name_reserved'],
  [{ input: 'integer', min: 1.2, max: 1.8 }, '/steps/0/min', 'min_over_max'],
  [{ input: 'integer', integer: true }, '/steps/0/integer', 'not_for_input'],
  [{ min_length: 3, max_length: 2 }, '/steps/0/min_length', 'min_over_max'],
  [{ min_length: 0 }, '/steps/0/min_length', 'too_small'],
  [{ max_length: 5000 }, '/steps/0/max_length', 'too_big'],
  [{ pattern: '(?=a)b' }, '/steps/0/pattern', 'pattern_invalid'],
  [{ pattern: '(a)\\1' }, '/steps/0/pattern', 'pattern_invalid'],
  [{ pattern: 'a'.repeat(10_000) }, '/steps/0/pattern', 'pattern_invalid'],
  [{ pattern: '(a{100}){100}{100}' }, '/steps/0/pattern', 'pattern_invalid'],
  [{ input: 'number', pattern: 'a' }, '/steps/0/pattern', 'not_for_input'],
  [{ input: 'phone', country_code: '49' }, '/steps/0/country_code', 'wrong_format'],
  [{ input: 'date', min: 3 }, '/steps/0/min', 'wrong_type'],
  [{ input: 'date', min: '2026-02-30' }, '/steps/0/min', 'wrong_format'],
  [{ input: 'date', min: 'now' }, '/steps/0/min', 'wrong_format'],
  [{ input: 'date', min: 'today+3h' }, '/steps/0/min', 'wrong_format'],
  [{ input: 'date', max: 'tomorrow' }, '/steps/0/max', 'wrong_format'],
  [{ input: 'date', min: '2026-02-02', max: '2026-02-01' }, '/steps/0/min', 'min_over_max'],
  [{ input: 'date', formats: ['DD/MM/YYYY', 'MM/DD/YYYY'] }, '/steps/0/formats', 'fields_conflict'],
  [{ input: 'date', formats: ['DD-MM-YY'] }, '/steps/0/formats/0', 'wrong_value'],
  [{ input: 'date', formats: [] }, '/steps/0/formats', 'empty'],
  [{ input: 'date', time_zone: 'Mars/Olympus' }, '/steps/0/time_zone', 'time_zone_unknown'],
  [{ input: 'date', minute_step: 5 }, '/steps/0/minute_step', 'not_for_input'],
  [{ input: 'datetime', minute_step: 7 }, '/steps/0/minute_step', 'wrong_value'],
  [{ input: 'datetime', min: '2026-02-01T10:00', max: '2026-02-01T09:00' }, '/steps/0/min', 'min_over_max'],
  [{ input: 'time', min: '8:00' }, '/steps/0/min', 'wrong_format'],
  [{ input: 'time', min: '18:00', max: '08:00' }, '/steps/0/min', 'min_over_max'],
  [{ input: 'time', min: 'now' }, '/steps/0/min', 'wrong_format'],
  [{ input: 'choice' }, '/steps/0/options', 'required'],
  [{ input: 'choice', options: [] }, '/steps/0/options', 'empty'],
  [{ input: 'choice', options: ['a', ''] }, '/steps/0/options/1', 'empty'],
  [{ input: 'choice', options: ['a', 'a'] }, '/steps/0/options/1', 'duplicate_option'],
  [
    {
      input: 'choice',
      options: [
        { label: 'a', value: 1 },
        { label: 'b', value: 1 },
      ],
    },
    '/steps/0/options/1',
    'duplicate_option',
  ],
  [{ input: 'choice', options: [{ label: 'a' }] }, '/steps/0/options/0/value', 'required'],
  [{ input: 'choice', options: ['a'], options_from: 'user.attributes.x' }, '/steps/0/options_from', 'fields_conflict'],
  [{ input: 'choice', options_from: 'nothing' }, '/steps/0/options_from', 'unknown_variable'],
  [{ input: 'choice', options_from: 'a b' }, '/steps/0/options_from', 'wrong_format'],
  [{ input: 'choice', options: ['a'], columns: 9 }, '/steps/0/columns', 'too_big'],
  [{ input: 'choice', options: ['a'], page_size: 91 }, '/steps/0/page_size', 'too_big'],
  [
    { input: 'choice', options: Array.from({ length: 101 }, (_, index) => `${index}`), keyboard: 'reply' },
    '/steps/0/options',
    'too_many_buttons',
  ],
  [{ input: 'choice', options: Array.from({ length: 501 }, (_, index) => `${index}`) }, '/steps/0/options', 'too_big'],
  [{ input: 'choice', options: ['a'], done: 'x' }, '/steps/0/done', 'not_for_input'],
  [{ input: 'multiple_choice', options: ['a'], keyboard: 'reply' }, '/steps/0/keyboard', 'not_for_input'],
  [{ input: 'multiple_choice', options: ['a', 'b'], min: 3 }, '/steps/0/min', 'min_over_max'],
  [{ input: 'multiple_choice', options: ['a', 'b'], min: 2, max: 1 }, '/steps/0/min', 'min_over_max'],
  [{ input: 'rating', max: 11 }, '/steps/0/max', 'too_big'],
  [{ input: 'rating', max: 1 }, '/steps/0/max', 'too_small'],
  [{ input: 'rating', style: 'hearts' }, '/steps/0/style', 'wrong_value'],
  [{ max_tries: 3 }, '/steps/0/on_max_tries', 'required'],
  [{ on_max_tries: null }, '/steps/0/max_tries', 'required'],
  [{ max_tries: 3, on_max_tries: 'b' }, '/steps/0/on_max_tries', 'dangling_step'],
  [{ max_tries: 0, on_max_tries: null }, '/steps/0/max_tries', 'too_small'],
  [{ skip: {} }, '/steps/0/skip', 'required'],
  [{ skip: { words: [] } }, '/steps/0/skip/words', 'empty'],
  [{ skip: { words: ['s'], next: null } }, '/steps/0/skip/next', 'unknown_key'],
  [{ skip: { words: ['s'], value: 3 } }, '/steps/0/skip/value', 'value_not_of_input'],
  [{ input: 'number', skip: { words: ['s'], value: '3' } }, '/steps/0/skip/value', 'value_not_of_input'],
  [{ input: 'date', skip: { words: ['s'], value: '24.12.2026' } }, '/steps/0/skip/value', 'value_not_of_input'],
  [{ cancel: { words: ['s'] } }, '/steps/0/cancel/next', 'required'],
  [{ cancel: { words: ['s'], next: 'b' } }, '/steps/0/cancel/next', 'dangling_step'],
  [{ cancel: { next: null } }, '/steps/0/cancel', 'required'],
])('%j is rejected', (step, path, code) => {
  expect(validateFlow({ steps: [{ ...question, ...step }] })).toMatchObject([{ path, code }]);
});

test('names of variables can use any script', () => {
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

test('names that could pollute object prototypes are rejected', () => {
  for (const variable of [
    '__proto__',
    'constructor',
    'prototype',
    'constructor.prototype.x',
    'a.__proto__.b',
    'a[b]',
  ]) {
    expect(validateFlow({ steps: [{ ...question, variable }] }), variable).toMatchObject([
      { path: '/steps/0/variable' },
    ]);
  }
  for (const id of ['__proto__', 'constructor', 'prototype'])
    expect(validateFlow({ steps: [{ ...question, id }] }), id).toMatchObject([
      { path: '/steps/0/id', code: 'name_reserved' },
    ]);
});

test.each<[object]>([
  [{ input: 'number', skip: { words: ['-'], value: 3 } }],
  [
    {
      input: 'date',
      min: 'today',
      max: 'today+2w',
      formats: ['YYYY-MM-DD', 'DD/MM/YYYY'],
      time_zone: 'Europe/Berlin',
      skip: { button: 'No', value: '2026-12-24' },
    },
  ],
  [{ input: 'datetime', min: 'now+30min', max: '2027-01-01T12:00', minute_step: 30 }],
  [{ input: 'time', min: '08:00', max: '18:00', skip: { words: ['-'], value: '12:00' } }],
  [{ input: 'choice', options: ['a', { label: 'a', value: 1 }], keyboard: 'reply', columns: 8 }],
  [{ input: 'choice', options_from: 'user.attributes.shops' }],
  [
    {
      input: 'multiple_choice',
      options: ['a', 'b'],
      min: 0,
      max: 1,
      done: 'Fertig',
      skip: { words: ['-'], value: ['a'] },
    },
  ],
  [{ input: 'rating', max: 10, style: 'numbers', skip: { words: ['-'], value: 5 } }],
  [{ input: 'phone', button: null, country_code: '+49' }],
  [{ input: 'location', button: 'Here', skip: { words: ['-'], value: { latitude: 1, longitude: 2 } } }],
  [{ max_tries: 3, on_max_tries: null, cancel: { words: ['no'], button: 'No', next: null } }],
  ...QUESTION_INPUTS.filter((input) => !input.endsWith('choice')).map((input): [object] => [{ input }]),
])('%j is valid', (step) => {
  expect(validateFlow({ steps: [{ ...question, ...step }] })).toEqual([]);
});

test('the problem of an unsupported pattern explains the cause', () => {
  const [problem] = validateFlow({ steps: [{ ...question, pattern: '^(?=.*a).*$' }] });
  expect(problem?.message).toMatch(/^The pattern is /);
  expect(problem?.hint).toContain('look-ahead');
});

test('the problem of a field that is not allowed names the inputs that have it', () => {
  expect(validateFlow({ steps: [{ ...question, input: 'email', pattern: 'a' }] })).toEqual([
    {
      path: '/steps/0/pattern',
      code: 'not_for_input',
      message: '"pattern" is not allowed for questions with an email address',
      hint: 'It is for "input": "text".',
    },
  ]);
});

test('every input has a summary, and all its fields have titles and descriptions', () => {
  for (const kind of Object.values<AnyInputKind>(INPUT_KINDS)) {
    expect(kind.summary).not.toBe('');
    for (const [name, field] of Object.entries(kind.fields)) {
      expect(labels.get(field)?.title, name).toBeTruthy();
      expect(labels.get(field)?.description, name).toMatch(/\.$/);
    }
  }
  const { properties } = z.toJSONSchema(STEP_KINDS.question.schema, { io: 'input', metadata: labels });
  expect(properties?.min).toMatchObject({
    title: 'Minimum',
    anyOf: [{ type: 'number' }, { type: 'string' }, { type: 'string' }, { type: 'string' }, { type: 'integer' }],
  });
});
