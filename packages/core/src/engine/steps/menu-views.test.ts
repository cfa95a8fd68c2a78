import { describe, expect, test } from 'vitest';
import { dialogue, type Dialogue } from '../fixtures/dialogue.ts';

function started(menu: object, ...more: object[]): Dialogue {
  const ann = dialogue([
    { trigger_command: 'start', flow_data: { steps: [{ id: 'menu', type: 'menu', text: 'Menu', ...menu }, ...more] } },
    { trigger_command: 'shop', flow_data: { response: 'Shop' } },
    { is_default: true, flow_data: { response: 'Pardon?' } },
  ]);
  ann.say('/start');
  return ann;
}

function shown(ann: Dialogue): unknown[] {
  return ann.last.effects.flatMap((effect) => {
    if (effect.kind !== 'send') return [];
    // As the engine writes it.
    const { reply_markup } = effect.payload as { reply_markup?: { inline_keyboard: { text: string }[][] } };
    return [
      {
        method: effect.method,
        text: effect.text,
        rows: reply_markup?.inline_keyboard.map((row) => row.map(({ text }) => text)),
      },
    ];
  });
}

describe('a menu within a menu', () => {
  const menu = {
    buttons: [
      {
        text: 'Drinks',
        menu: {
          text: 'Drink?',
          back: 'Up',
          buttons: [
            { text: 'Tea', response: 'Tea!' },
            { text: 'Cold', menu: { text: 'Cold?', buttons: [{ text: 'Juice', next: 'end' }] } },
          ],
        },
      },
      { text: 'Food', response: 'None' },
    ],
  };
  const end = { id: 'end', type: 'message', text: 'End' };

  test('replaces the menu that contains it, and leads back', () => {
    const ann = started(menu, end);
    const before = ann.session;
    expect(shown(ann)).toEqual([{ method: 'sendMessage', text: 'Menu', rows: [['Drinks'], ['Food']] }]);
    ann.press('Drinks');
    expect(shown(ann)).toEqual([{ method: 'editMessageText', text: 'Drink?', rows: [['Tea'], ['Cold'], ['Up']] }]);
    ann.press('Cold');
    expect(shown(ann)).toEqual([{ method: 'editMessageText', text: 'Cold?', rows: [['Juice'], ['‹ Back']] }]);
    ann.press('‹ Back');
    expect(shown(ann)).toMatchObject([{ text: 'Drink?' }]);
    ann.press('Up');
    expect(shown(ann)).toEqual([{ method: 'editMessageText', text: 'Menu', rows: [['Drinks'], ['Food']] }]);
    expect(ann.session).toBe(before);
    ann.press('Cold');
    expect(ann.press('Juice')).toEqual(['(answer)', 'End']);
  });

  test('does not change the callback data of the outer buttons', () => {
    const ann = started(menu, end);
    const [effect] = ann.last.effects;
    expect(JSON.stringify(effect)).toContain('"callback_data":"~1.0.1"');
  });
});

test('pages of a long menu are turned in place', () => {
  const ann = started({
    rows_per_page: 2,
    buttons: ['1', '2', '3', '4', '5'].map((text) => ({ text, response: `You: ${text}` })),
  });
  expect(shown(ann)).toEqual([{ method: 'sendMessage', text: 'Menu', rows: [['1'], ['2'], ['›']] }]);
  ann.press('›');
  expect(shown(ann)).toEqual([{ method: 'editMessageText', text: 'Menu', rows: [['3'], ['4'], ['‹', '›']] }]);
  expect(ann.press('3')).toEqual(['(answer)', 'You: 3']);
  ann.press('›');
  expect(shown(ann)).toMatchObject([{ rows: [['5'], ['‹']] }]);
});

describe('a menu of reply keys', () => {
  const menu = {
    keyboard: 'reply',
    buttons: [
      [
        { text: 'Say', response: 'Said' },
        { text: 'Go', next: 'end' },
      ],
      { text: 'Shop', flow: '/shop' },
      { text: 'App', web_app: 'https://a.example' },
    ],
  };
  const end = { id: 'end', type: 'message', text: 'End' };

  test('shows a reply keyboard', () => {
    expect(started(menu, end).last.effects).toMatchObject([
      {
        payload: {
          reply_markup: {
            keyboard: [
              [{ text: 'Say' }, { text: 'Go' }],
              [{ text: 'Shop' }],
              [{ text: 'App', web_app: { url: 'https://a.example' } }],
            ],
            resize_keyboard: true,
          },
        },
      },
    ]);
  });

  test('the label of a key is a press, any other text goes to the default flow', () => {
    const ann = started(menu, end);
    expect(ann.say('Say')).toEqual(['Said']);
    expect(ann.say('hm')).toEqual(['Pardon?']);
    expect(ann.session.step_id).toBe('menu');
    expect(ann.say('Go')).toEqual(['End']);
    expect(ann.say('Say')).toEqual(['Pardon?']);
    expect(started(menu, end).say('Shop')).toEqual(['Shop']);
  });
});

describe('a nested menu of reply keys', () => {
  const menu = {
    keyboard: 'reply',
    buttons: [
      {
        text: 'Drinks',
        response: 'We have two.',
        menu: {
          text: 'Drink?',
          back: 'Up',
          buttons: [
            [
              { text: 'Tea', response: 'Tea!' },
              { text: 'Juice', next: 'end' },
            ],
            {
              text: 'Cold',
              menu: {
                text: 'Cold?',
                buttons: [
                  { text: 'Water', response: 'Free' },
                  { text: 'Food', response: 'Ice' },
                ],
              },
            },
          ],
        },
      },
      { text: 'Food', response: 'None' },
    ],
  };
  const end = { id: 'end', type: 'message', text: 'End' };
  const keys = (ann: Dialogue): unknown => {
    const effect = ann.last.effects.findLast(({ kind }) => kind === 'send');
    const markup =
      effect?.kind === 'send'
        ? (effect.payload.reply_markup as { keyboard: { text: string }[][] } | undefined)
        : undefined; // as the engine writes it
    return markup?.keyboard.map((row) => row.map(({ text }) => text));
  };

  test('replaces the keyboard with a new message, and leads back', () => {
    const ann = started(menu, end);
    const before = ann.session;
    expect(keys(ann)).toEqual([['Drinks'], ['Food']]);
    expect(ann.say('Drinks')).toEqual(['We have two.', 'Drink?']);
    expect(keys(ann)).toEqual([['Tea', 'Juice'], ['Cold'], ['Up']]);
    expect(ann.say('Tea')).toEqual(['Tea!']);
    expect(ann.say(' Cold ')).toEqual(['Cold?']);
    expect(keys(ann)).toEqual([['Water'], ['Food'], ['‹ Back']]);
    expect(ann.say('‹ Back')).toEqual(['Drink?']);
    expect(ann.say('Up')).toEqual(['Menu']);
    expect(keys(ann)).toEqual([['Drinks'], ['Food']]);
    expect(ann.session).toEqual(before);
    expect(ann.last.trace).toContainEqual({ kind: 'button_pressed', step_id: 'menu', detail: 'view 0' });
    ann.say('Drinks');
    expect(ann.say('Juice')).toEqual(['End']);
  });

  test('a key of the current view comes first, one of another view still works, other texts are no press', () => {
    const ann = started(menu, end);
    expect(ann.say('Food')).toEqual(['None']);
    ann.say('Drinks');
    ann.say('Cold');
    expect(ann.say('Food')).toEqual(['Ice']);
    expect(ann.say('Tea')).toEqual(['Tea!']);
    expect(ann.say('hm')).toEqual(['Pardon?']);
    // Twice in a row: the person is there already.
    expect(ann.say('Cold')).toEqual(['Cold?']);
    expect(ann.say('‹ Back')).toEqual(['Drink?']);
    expect(ann.say('‹ Back')).toEqual(['Drink?']);
    expect(ann.session.state.kept).toEqual({ view: 1 });
  });

  test('is shown again at its current view, also after an interruption', () => {
    const ann = dialogue([
      { trigger_command: 'start', flow_data: { steps: [{ id: 'menu', type: 'menu', text: 'Menu', ...menu }, end] } },
      { trigger_command: 'help', flow_data: { interrupted: 'come_back', response: 'Help' } },
    ]);
    ann.say('/start');
    ann.say('Drinks');
    expect(ann.say('/help')).toEqual(['Help', 'Drink?']);
    expect(keys(ann)).toEqual([['Tea', 'Juice'], ['Cold'], ['Up']]);
    expect(ann.say('Up')).toEqual(['Menu']);
    expect(ann.say('/start')).toEqual(['Menu']);
  });
});

test('a menu replaces the message whose button was pressed', () => {
  const ann = started(
    { buttons: [{ text: 'Next', next: 'other' }] },
    { id: 'other', type: 'menu', text: 'Other', edit: true, buttons: [{ text: 'Back', next: 'menu' }] },
  );
  ann.press('Next');
  expect(shown(ann)).toEqual([{ method: 'editMessageText', text: 'Other', rows: [['Back']] }]);
  ann.press('Back');
  expect(shown(ann)).toMatchObject([{ method: 'sendMessage', text: 'Menu' }]);
});
