import { expect, test } from 'vitest';
import type { FlowContext, KnownFlow } from '../known-flow.ts';
import { validateFlow } from '../validate-flow.ts';

const brief = (triggers: unknown, context?: FlowContext): string[] =>
  validateFlow({ triggers, response: 'x' }, context).map(({ path, code }) => `${path} ${code}`);

test.each<[unknown, string[]]>([
  [[], []],
  [
    [
      { kind: 'command', command: '/help' },
      { kind: 'keyword', words: ['a', 'b c'], match: 'part' },
      { kind: 'pattern', pattern: 'x', ignore_case: true },
      { kind: 'first_contact' },
    ],
    [],
  ],
  ['help', ['/triggers wrong_type']],
  [[{ kind: 'hologram' }], ['/triggers/0/kind wrong_value']],
  [
    [{ kind: 'schedule', cron: '*/5 8-18 1,15 jan-mar mon', time_zone: 'Europe/Berlin', tag: 'vip', missed: 'run' }],
    [],
  ],
  [[{ kind: 'schedule' }], ['/triggers/0/cron required']],
  [[{ kind: 'schedule', cron: '* * * *' }], ['/triggers/0/cron time_invalid']],
  [[{ kind: 'schedule', cron: '0 9 * * *', time_zone: 'Mars/Base' }], ['/triggers/0/time_zone time_zone_unknown']],
  [[{ kind: 'schedule', cron: '0 9 * * *', words: ['x'] }], ['/triggers/0/words not_for_trigger']],
  [[{ kind: 'command' }], ['/triggers/0/command required']],
  [[{ kind: 'command', command: 'two words' }], ['/triggers/0/command wrong_format']],
  [
    [
      { kind: 'command', command: 'a' },
      { kind: 'command', command: '/A' },
    ],
    ['/triggers/1/command duplicate_trigger'],
  ],
  [
    [
      { kind: 'command', command: 'a' },
      { kind: 'command', command: 'a', payload: 'two words' },
      { kind: 'command', command: 'start', payload: 'ref_', match: 'start' },
    ],
    [],
  ],
  [[{ kind: 'command', command: '/start', payload: 'two words' }], ['/triggers/0/payload wrong_format']],
  [[{ kind: 'command', command: 'a', payload: 'x'.repeat(65) }], ['/triggers/0/payload too_big']],
  [[{ kind: 'command', command: 'a', match: 'start' }], ['/triggers/0/payload required']],
  [[{ kind: 'command', command: 'a', payload: 'x', match: 'part' }], ['/triggers/0/match not_for_trigger']],
  [[{ kind: 'keyword', words: ['a'], payload: 'x' }], ['/triggers/0/payload not_for_trigger']],
  [[{ kind: 'keyword' }], ['/triggers/0/words required']],
  [[{ kind: 'keyword', words: [] }], ['/triggers/0/words empty']],
  [[{ kind: 'keyword', words: ['a'], pattern: 'b' }], ['/triggers/0/pattern not_for_trigger']],
  [[{ kind: 'pattern', pattern: '(a)\\1' }], ['/triggers/0/pattern pattern_invalid']],
  [[{ kind: 'first_contact', command: 'a' }], ['/triggers/0/command not_for_trigger']],
  [[{ kind: 'callback', data: 'order:', match: 'start' }, { kind: 'callback', data: 'x' }, { kind: 'fallback' }], []],
  [[{ kind: 'callback' }], ['/triggers/0/data required']],
  [[{ kind: 'callback', data: '~1.0.0' }], ['/triggers/0/data callback_data_reserved']],
  [[{ kind: 'callback', data: 'ю'.repeat(33) }], ['/triggers/0/data callback_data_too_long']],
  [[{ kind: 'callback', data: 'x', match: 'part' }], ['/triggers/0/match not_for_trigger']],
  [[{ kind: 'keyword', words: ['a'], match: 'start' }], ['/triggers/0/match not_for_trigger']],
  [
    [
      { kind: 'event', event: 'joined' },
      { kind: 'event', event: 'reaction', emoji: ['👍'] },
    ],
    [],
  ],
  [[{ kind: 'event' }], ['/triggers/0/event required']],
  [[{ kind: 'event', event: 'sneezed' }], ['/triggers/0/event wrong_value']],
  [[{ kind: 'event', event: 'left', emoji: ['👍'] }], ['/triggers/0/emoji not_for_trigger']],
  [[{ kind: 'fallback', data: 'x' }], ['/triggers/0/data not_for_trigger']],
  [Array.from({ length: 21 }, () => ({ kind: 'first_contact' })), ['/triggers too_big']],
])('%j', (triggers, problems) => {
  expect(brief(triggers)).toEqual(problems);
});

test('every form of a flow can have triggers', () => {
  const triggers = [{ kind: 'keyword', words: ['x'] }];
  expect(validateFlow({ triggers, steps: [{ id: 'a', type: 'message', text: 'x' }] })).toEqual([]);
  expect(validateFlow({ triggers, type: 'menu', text: 'x', buttons: [{ text: 'A', response: 'a' }] })).toEqual([]);
  expect(
    validateFlow({ triggers: [{ kind: 'x' }], type: 'menu', text: 'x', buttons: [{ text: 'A', response: 'a' }] }),
  ).toMatchObject([{ path: '/triggers/0/kind' }]);
});

test('a trigger that another flow already has is rejected', () => {
  const other: KnownFlow = {
    flow_id: 'f',
    name: 'Other',
    trigger_command: 'help',
    flow_data: {
      response: 'x',
      triggers: [
        { kind: 'keyword', words: ['Prices'] },
        { kind: 'command', command: 'faq' },
      ],
    },
  };
  const context = { flows: [other] };
  expect(brief([{ kind: 'command', command: 'help' }], context)).toEqual(['/triggers/0/command duplicate_trigger']);
  expect(brief([{ kind: 'command', command: '/FAQ' }], context)).toEqual(['/triggers/0/command duplicate_trigger']);
  expect(brief([{ kind: 'keyword', words: ['x', 'prices!'] }], context)).toEqual([
    '/triggers/0/words/1 duplicate_trigger',
  ]);
  expect(brief([{ kind: 'keyword', words: ['prices'], match: 'part' }], context)).toEqual([]);
  const linked: KnownFlow = {
    flow_id: 'l',
    name: 'Linked',
    trigger_command: null,
    flow_data: { response: 'x', triggers: [{ kind: 'command', command: 'start', payload: 'promo' }] },
  };
  expect(
    brief(
      [
        { kind: 'command', command: '/Start', payload: 'promo' },
        { kind: 'command', command: 'start', payload: 'promo', match: 'start' },
      ],
      { flows: [linked] },
    ),
  ).toEqual(['/triggers/0/payload duplicate_trigger']);
  const third: KnownFlow = {
    flow_id: 'g',
    name: 'Third',
    trigger_command: null,
    flow_data: { response: 'x', triggers: [{ kind: 'fallback' }, { kind: 'callback', data: 'a' }] },
  };
  expect(brief([{ kind: 'fallback' }, { kind: 'callback', data: 'a' }], { flows: [third] })).toEqual([
    '/triggers/0/kind duplicate_trigger',
    '/triggers/1/data duplicate_trigger',
  ]);
  expect(brief([{ kind: 'callback', data: 'a', match: 'start' }], { flows: [third] })).toEqual([]);
  const fourth: KnownFlow = {
    flow_id: 'h',
    name: 'Fourth',
    trigger_command: null,
    flow_data: {
      response: 'x',
      triggers: [
        { kind: 'event', event: 'joined' },
        { kind: 'event', event: 'reaction', emoji: ['👍'] },
      ],
    },
  };
  expect(
    brief(
      [
        { kind: 'event', event: 'joined' },
        { kind: 'event', event: 'reaction' },
        { kind: 'event', event: 'reaction', emoji: ['👎', '👍'] },
      ],
      { flows: [fourth] },
    ),
  ).toEqual(['/triggers/0/event duplicate_trigger', '/triggers/2/emoji/1 duplicate_trigger']);
  // A command trigger of a document refers to its flow, like the flow's own command.
  const jump = (flow: string): object => ({ steps: [{ id: 'j', type: 'jump', flow }] });
  expect(validateFlow(jump('/faq'), context)).toEqual([]);
  expect(validateFlow(jump('/nowhere'), context)).toMatchObject([{ code: 'dangling_flow' }]);
});

test('descriptions in the command menu have limits, and translations require a default description', () => {
  const problems = (fields: object): string[] =>
    validateFlow({ ...fields, response: 'x' }).map(({ path, code }) => `${path} ${code}`);
  expect(problems({ description: 'Prices', descriptions: { de: 'Preise' } })).toEqual([]);
  expect(problems({ descriptions: { de: 'Preise' } })).toEqual(['/description required']);
  expect(problems({ description: 'x'.repeat(257) })).toEqual(['/description too_big']);
  const flows = Array.from({ length: 33 }, (_, index) => ({
    flow_id: `f${index}`,
    name: `F${index}`,
    trigger_command: `c${index}`,
    flow_data: {
      response: 'x',
      description: 'x',
      triggers: [
        { kind: 'command', command: `a${index}` },
        { kind: 'command', command: `b${index}` },
      ],
    },
  }));
  const menu = (trigger_command: string | null): string[] =>
    validateFlow(
      { description: 'x', response: 'x', triggers: [{ kind: 'command', command: 'one_more' }] },
      { flows, self: { flow_id: 'me', name: 'Me', trigger_command } },
    ).map(({ path, code }) => `${path} ${code}`);
  expect(menu(null)).toEqual([]);
  expect(menu('me')).toEqual(['/description too_big']);
  expect(problems({ description: ' ' })).toEqual(['/description empty']);
  expect(problems({ description: 'x', descriptions: { de: 'x'.repeat(257) } })).toEqual(['/descriptions/de too_big']);
  expect(problems({ description: 'x', descriptions: { german: 'x' } })).toHaveLength(1);
});
