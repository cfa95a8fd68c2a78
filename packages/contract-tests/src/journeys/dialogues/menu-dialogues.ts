import { hears, presses, receivesNothing, says, seesCallbackNotice, type Dialogue } from './lines.ts';
import { changes } from './shown-messages.ts';

export const MENU_DIALOGUES: readonly Dialogue[] = [
  {
    title: 'a nested menu and its pages replace each other',
    flows: [
      {
        trigger_command: 'start',
        flow_data: {
          type: 'menu',
          text: 'Menu',
          rows_per_page: 2,
          buttons: [
            {
              text: 'Drinks',
              menu: {
                text: 'Which drink?',
                back: 'Up',
                buttons: [
                  [
                    { text: 'Tea', response: 'Tea it is' },
                    { text: 'Coffee', response: 'Coffee it is' },
                  ],
                ],
              },
            },
            { text: 'Food', response: 'None' },
            { text: 'Bill', response: 'Nothing to pay' },
          ],
        },
      },
    ],
    lines: [
      says('/start'),
      hears('Menu', { keyboard: [['Drinks'], ['Food'], ['›']], as: 'menu' }),
      presses('Drinks'),
      seesCallbackNotice(''),
      changes('Which drink?', 'menu', [['Tea', 'Coffee'], ['Up']]),
      presses('Tea', { on: 'menu' }),
      hears('Tea it is'),
      presses('Up', { on: 'menu' }),
      changes('Menu', 'menu', [['Drinks'], ['Food'], ['›']]),
      presses('›', { on: 'menu' }),
      changes('Menu', 'menu', [['Bill'], ['‹']]),
      presses('Bill', { on: 'menu' }),
      hears('Nothing to pay'),
      receivesNothing(),
    ],
  },
  {
    title: 'a menu with a reply keyboard: a label is a press, any other text is for the default flow',
    flows: [
      {
        trigger_command: 'start',
        flow_data: {
          steps: [
            {
              id: 'home',
              type: 'menu',
              text: 'How can I help?',
              keyboard: 'reply',
              buttons: [
                [
                  { text: 'Prices', response: 'Tea is 3' },
                  { text: 'Bye', next: 'bye' },
                ],
              ],
            },
            { id: 'bye', type: 'message', text: 'See you', remove_keyboard: true },
          ],
        },
      },
      { is_default: true, flow_data: { response: 'Pardon?' } },
    ],
    lines: [
      says('/start'),
      hears('How can I help?'),
      presses('Prices'),
      hears('Tea is 3'),
      says('hm'),
      hears('Pardon?'),
      presses('Bye'),
      hears('See you'),
      says('Prices'),
      hears('Pardon?'),
    ],
  },
  {
    title: 'a nested menu with reply keyboards: another keyboard, and the way back',
    flows: [
      {
        trigger_command: 'start',
        flow_data: {
          type: 'menu',
          text: 'How can I help?',
          keyboard: 'reply',
          buttons: [
            {
              text: 'Drinks',
              menu: {
                text: 'Which drink?',
                back: 'Up',
                buttons: [
                  [{ text: 'Tea', response: 'Tea it is' }],
                  { text: 'Cold', menu: { text: 'How cold?', buttons: [{ text: 'Ice', response: 'Brr' }] } },
                ],
              },
            },
            { text: 'Food', response: 'We have none' },
          ],
        },
      },
      { trigger_command: 'help', flow_data: { interrupted: 'come_back', response: 'Press a key' } },
      { is_default: true, flow_data: { response: 'Pardon?' } },
    ],
    lines: [
      ...[
        says('/start'),
        hears('How can I help?'),
        presses('Drinks'),
        hears('Which drink?'),
        presses('Cold'),
        hears('How cold?'),
        presses('Ice'),
        hears('Brr'),
      ],
      ...[
        says('hm'),
        hears('Pardon?'),
        says('Tea'),
        hears('Tea it is'),
        presses('‹ Back'),
        hears('Which drink?'),
        presses('Tea'),
        hears('Tea it is'),
      ],
      ...[
        says('/help'),
        hears('Press a key'),
        hears('Which drink?'),
        presses('Up'),
        hears('How can I help?'),
        says('Up'),
        hears('How can I help?'),
        presses('Food'),
        hears('We have none'),
        receivesNothing(),
      ],
    ],
  },
];
