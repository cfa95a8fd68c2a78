import { describe, expect, test } from 'vitest';
import { advance } from '../advance.ts';
import { callback, dialogue, ENV, program, text } from '../fixtures/dialogue.ts';
import { IDLE_SESSION } from '../state/session.ts';

const form = {
  trigger_command: 'start',
  flow_data: {
    steps: [
      { id: 'name', type: 'question', text: 'Name?' },
      {
        id: 'menu',
        type: 'menu',
        text: 'What now, {{ name }}?',
        buttons: [
          [
            { text: 'Say', response: '{{ name }} it is.', answer: 'Hello {{ name }}' },
            { text: 'Again', next: 'name' },
          ],
          { text: 'Go', response: 'Going.', next: 'bye' },
          { text: 'End', next: null },
          { text: 'Shop', flow: '/shop' },
          { text: 'Site', url: 'https://example.com/?u={{ user.first_name }} {{ user.last_name }}' },
          { text: '{{ user.phone }}', answer: 'Hm' },
        ],
      },
      { id: 'bye', type: 'message', text: 'Bye, {{ name }}.' },
    ],
  },
};
const shop = { trigger_command: 'shop', flow_data: { steps: [{ id: 'item', type: 'question', text: 'Which item?' }] } };
const echo = { is_default: true, flow_data: { response: 'Echo: {{ message.text }}' } };

function atMenu() {
  const ann = dialogue([form, shop, echo]);
  ann.say('/start');
  ann.say('Ann');
  return ann;
}

describe('a menu', () => {
  test('shows its buttons as rows, with generated callback data', () => {
    const ann = atMenu();
    expect(ann.last.effects).toEqual([
      {
        kind: 'send',
        method: 'sendMessage',
        type: 'text',
        text: 'What now, Ann?',
        payload: {
          text: 'What now, Ann?',
          reply_markup: {
            inline_keyboard: [
              [
                { text: 'Say', callback_data: '~1.1.0' },
                { text: 'Again', callback_data: '~1.1.1' },
              ],
              [{ text: 'Go', callback_data: '~1.1.2' }],
              [{ text: 'End', callback_data: '~1.1.3' }],
              [{ text: 'Shop', callback_data: '~1.1.4' }],
              [{ text: 'Site', url: 'https://example.com/?u=Ann Lee' }],
              [{ text: '…', callback_data: '~1.1.6' }],
            ],
          },
        },
        flow_id: 'flow-1',
        delivery: 'at_least_once',
      },
    ]);
  });

  test('a response leaves the session where it is', () => {
    const ann = atMenu();
    const before = ann.session;
    expect(ann.press('Say')).toEqual(['(answer) Hello Ann', 'Ann it is.']);
    expect(ann.session).toBe(before);
  });

  test('a button sends its response, then leads to a step', () => {
    const ann = atMenu();
    expect(ann.press('Go')).toEqual(['(answer)', 'Going.', 'Bye, Ann.']);
    expect(ann.session.step_id).toBeNull();
    const again = atMenu();
    expect(again.press('Again')).toEqual(['(answer)', 'Name?']);
    expect(again.session).toEqual({ flow_version_id: 1, step_id: 'name', state: { variables: { name: 'Ann' } } });
  });

  test('a button ends the flow, or starts another', () => {
    const ann = atMenu();
    expect(ann.press('End')).toEqual(['(answer)']);
    expect(ann.session).toBe(IDLE_SESSION);
    expect(ann.press('Shop')).toEqual(['(answer)', 'Which item?']);
    expect(ann.session).toEqual({ flow_version_id: 2, step_id: 'item', state: { variables: {} } });
  });

  test('a button whose flow no longer exists says so', () => {
    const ann = dialogue([form, echo]);
    ann.say('/start');
    ann.say('Ann');
    const before = ann.session;
    expect(ann.press('Shop')).toEqual(['(answer) This button no longer works.']);
    expect(ann.session).toBe(before);
  });

  test('does not wait for text: the default flow answers and leaves the session at the menu', () => {
    const ann = atMenu();
    const before = ann.session;
    expect(ann.say('hm')).toEqual(['Echo: hm']);
    expect(ann.session).toBe(before);
    expect(ann.press('Go')).toEqual(['(answer)', 'Going.', 'Bye, Ann.']);
  });

  test('its buttons work wherever the session is', () => {
    const ann = atMenu();
    ann.say('/shop');
    const waiting = ann.session;
    expect(ann.press('Say')).toEqual(['(answer) Hello', ' it is.']);
    expect(ann.session).toBe(waiting);
    expect(ann.press('Again')).toEqual(['(answer)', 'Name?']);
    expect(ann.session).toMatchObject({ flow_version_id: 1, step_id: 'name' });
  });

  test('its buttons work as long as their version exists', () => {
    const ann = atMenu();
    ann.republish([shop, echo]);
    expect(ann.press('Say')).toEqual(['(answer) Hello Ann', 'Ann it is.']);
    ann.forget();
    expect(ann.press('Say')).toEqual(['(answer) This button no longer works.']);
    expect(ann.session).toBe(IDLE_SESSION);
  });

  test('a stale, forged or foreign press is answered, and the waiting step is shown again', () => {
    const ann = atMenu();
    ann.say('/shop');
    const waiting = ann.session;
    for (const data of [
      '~1.1.5',
      '~1.0.0',
      '~1.9.0',
      '~1.1.99',
      '~99.0.0',
      'nonsense',
      '',
      '\u0000',
      'x'.repeat(65),
      '__proto__',
    ]) {
      expect(ann.play(callback(data)), data).toEqual(['(answer) This button no longer works.', 'Which item?']);
      expect(ann.session, data).toBe(waiting);
    }
    const idle = dialogue([echo]);
    expect(idle.play(callback('nonsense'))).toEqual(['(answer) This button no longer works.']);
    expect(idle.session).toBe(IDLE_SESSION);
  });

  test("a notice is truncated to Telegram's limit", () => {
    const ann = dialogue(
      [
        {
          flow_data: {
            type: 'menu',
            text: 'x',
            buttons: [{ text: 'A', answer: '{{ event.data }}{{ user.attributes.long }}', callback_data: 'a' }],
          },
        },
      ],
      {
        ...ENV,
        user: { ...ENV.user, attributes: { long: '👍'.repeat(150) } },
      },
    );
    const [effect] = (ann.play(callback('a')), ann.last.effects);
    expect(effect).toMatchObject({ kind: 'answer_callback', text: `a${'👍'.repeat(99)}` });
  });

  test('a text is ignored if no step waits and there is no default flow', () => {
    const { session, effects, trace } = advance(program(shop), IDLE_SESSION, text('hi'), ENV);
    expect({ session, effects, kinds: trace.map(({ kind }) => kind) }).toEqual({
      session: IDLE_SESSION,
      effects: [],
      kinds: ['ignored'],
    });
  });
});
