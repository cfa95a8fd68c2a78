import { describe, expect, test } from 'vitest';
import { compileFlow } from '../../compile-flow.ts';
import { validateFlow } from '../../validate-flow.ts';
import type { CompiledMenu } from './menu-step.ts';

const menu = (...buttons: unknown[]): object => ({ type: 'menu', text: 'Choose', buttons });
const a = { text: 'A', response: 'You chose A' };

function compiled(...buttons: unknown[]): CompiledMenu {
  const step = compileFlow(menu(...buttons)).list[0];
  if (step?.kind !== 'menu') throw new Error('no menu');
  return step;
}

describe('rows', () => {
  test('a single button is a row, and an array is a row of several buttons', () => {
    expect(compiled(a, a, a).views[0]?.rows).toEqual([[0], [1], [2]]);
    expect(compiled([a, a], [a]).views[0]?.rows).toEqual([[0, 1], [2]]);
    expect(compiled([a, a], a).views[0]?.rows).toEqual([[0, 1], [2]]);
  });

  test.each([
    [[], '/buttons', 'empty'],
    [[[]], '/buttons/0', 'empty'],
    [[Array.from({ length: 9 }, () => a)], '/buttons/0', 'row_too_long'],
    [Array.from({ length: 101 }, () => a), '/buttons', 'too_many_buttons'],
    [[7], '/buttons/0', 'wrong_type'],
    [[[a, 7]], '/buttons/0/1', 'wrong_type'],
  ])('rows with problems are rejected: case %#', (buttons, path, code) => {
    expect(validateFlow(menu(...buttons))).toMatchObject([{ path, code }]);
  });

  test('up to 8 buttons per row and 100 in total are allowed', () => {
    const rows = [...Array.from({ length: 12 }, () => Array.from({ length: 8 }, () => a)), [a, a, a, a]];
    expect(validateFlow(menu(...rows))).toEqual([]);
  });
});

describe('buttons', () => {
  test('buttons respond, lead to a step, end the flow, start a flow, open a link, or show a notice', () => {
    const targets = compiled(
      a,
      { text: 'B', next: 'menu' },
      { text: 'C', next: null },
      { text: 'D', flow: '/shop' },
      { text: 'E', url: 'https://example.com' },
      { text: 'F', answer: 'Hi' },
      {
        text: 'G',
        response: 'First this',
        next: 'menu',
      },
    ).buttons.map((button) => (button.kind === 'press' ? button.target : button.kind));
    expect(targets).toEqual([
      { kind: 'stay' },
      { kind: 'step', id: 'menu' },
      { kind: 'end' },
      { kind: 'flow', reference: '/shop' },
      'url',
      { kind: 'stay' },
      { kind: 'step', id: 'menu' },
    ]);
  });

  test.each([
    [{ text: 'A' }, '', 'button_does_nothing'],
    [{ text: '', response: 'x' }, '/text', 'empty'],
    [{ response: 'x' }, '/text', 'required'],
    [{ text: 'A', next: 'x', flow: 'y' }, '', 'button_ambiguous'],
    [{ text: 'A', next: 'x' }, '/next', 'dangling_step'],
    [{ text: 'A', url: 'javascript:alert(1)' }, '/url', 'url_scheme'],
    [{ text: 'A', url: 'ftp://example.com' }, '/url', 'url_scheme'],
    [{ text: 'A', url: '{{ user.username }}' }, '/url', 'url_scheme'],
    [{ text: 'A', url: 'https://[' }, '/url', 'url_invalid'],
    [{ text: 'A', url: 'https://example.com', callback_data: 'x' }, '/callback_data', 'not_with_url'],
    [{ text: 'A', url: 'https://example.com', answer: 'x' }, '/answer', 'not_with_url'],
    [{ text: 'A', answer: 'x'.repeat(201) }, '/answer', 'text_too_long'],
    [{ ...a, callback_data: '' }, '/callback_data', 'empty'],
    [{ ...a, callback_data: 'ж'.repeat(33) }, '/callback_data', 'callback_data_too_long'],
    [{ ...a, callback_data: '~1.0.0' }, '/callback_data', 'callback_data_reserved'],
    [{ text: 'A', respnse: 'x', response: 'y' }, '/respnse', 'unknown_key'],
  ])('%j is rejected', (button, path, code) => {
    const problems = validateFlow(menu(button)).filter(
      (problem) => problem.code !== 'dangling_step' || code === 'dangling_step',
    );
    expect(problems).toMatchObject([{ path: `/buttons/0${path}`, code }]);
    expect(
      validateFlow(menu([a, button])).some(
        (problem) => problem.path === `/buttons/0/1${path}` && problem.code === code,
      ),
    ).toBe(true);
  });

  test('64 bytes of callback data, tg:// links and links with placeholders are allowed', () => {
    expect(
      validateFlow(
        menu(
          { ...a, callback_data: 'ж'.repeat(32) },
          { text: 'B', url: 'tg://resolve?domain=x' },
          { text: 'C', url: 'https://example.com/?u={{ user.id }}' },
        ),
      ),
    ).toEqual([]);
  });

  test('duplicate callback data is rejected', () => {
    expect(validateFlow(menu({ ...a, callback_data: 'x' }, { ...a, callback_data: 'x' }))).toMatchObject([
      { path: '/buttons/1/callback_data', code: 'duplicate_callback_data' },
    ]);
  });
});

test('a menu has no next step, and "next" can only be null', () => {
  expect(validateFlow({ steps: [{ ...menu(a), id: 'm', next: 'm' }] })).toMatchObject([
    { path: '/steps/0/next', code: 'wrong_type' },
  ]);
  expect(validateFlow({ version: 1, initial_step: 'm', steps: [{ ...menu(a), id: 'm', next: null }] })).toEqual([]);
  expect(validateFlow({ version: 1, initial_step: 'm', steps: [{ ...menu(a), id: 'm' }] })).toEqual([]);
});

test.each([
  [{ keyboard: 'reply', edit: true }, '/edit', 'fields_conflict'],
  [{ keyboard: 'reply', rows_per_page: 3 }, '/rows_per_page', 'fields_conflict'],
  [{ keyboard: 'reply', buttons: [{ text: 'A', answer: 'x' }] }, '/buttons', 'fields_conflict'],
  [{ keyboard: 'reply', buttons: [{ text: 'A', url: 'https://a.example' }] }, '/buttons', 'fields_conflict'],
  [
    { keyboard: 'reply', buttons: [{ text: 'A', menu: { text: 'x', buttons: [{ text: 'B', answer: 'x' }] } }] },
    '/buttons',
    'fields_conflict',
  ],
  [{ keyboard: 'below' }, '/keyboard', 'wrong_value'],
  [{ rows_per_page: 0 }, '/rows_per_page', 'too_small'],
  [{ buttons: [{ text: 'A', next: 'menu', menu: { text: 'x', buttons: [a] } }] }, '/buttons/0', 'button_ambiguous'],
  [{ buttons: [{ text: 'A', menu: { text: '', buttons: [a] } }] }, '/buttons/0/menu/text', 'empty'],
  [
    { buttons: [{ text: 'A', menu: { text: 'x', buttons: [{ text: 'B' }] } }] },
    '/buttons/0/menu/buttons/0',
    'button_does_nothing',
  ],
  [
    {
      buttons: [
        {
          text: 'A',
          menu: { text: 'x', buttons: [[a, { text: 'B', menu: { text: 'y', buttons: [{ text: 'C', next: 'z' }] } }]] },
        },
      ],
    },
    '/buttons/0/menu/buttons/0/1/menu/buttons/0/next',
    'dangling_step',
  ],
  [{ parse_mode: 'HTML', text: '<b>' }, '/text', 'markup_invalid'],
  [{ parse_mode: 'HTML', buttons: [{ text: 'A', response: '<b>' }] }, '/buttons/0/response', 'markup_invalid'],
])('%j is rejected', (fields, path, code) => {
  expect(validateFlow({ ...menu(a), ...fields })).toMatchObject([{ path, code }]);
});

test('more than 100 buttons are allowed with pages', () => {
  expect(validateFlow({ ...menu(...Array.from({ length: 150 }, () => a)), rows_per_page: 10 })).toEqual([]);
});
