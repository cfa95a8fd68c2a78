import { describe, expect, test } from 'vitest';
import { validateFlow } from '../../flow/validate-flow.ts';
import { advance } from '../advance.ts';
import { callback, dialogue, ENV, photo, program, text } from '../fixtures/dialogue.ts';
import { IDLE_SESSION } from '../state/session.ts';

const echo = { is_default: true, flow_data: { response: 'Pardon?' } };
const flow = (triggers: object[], response: string): { flow_data: object } => ({ flow_data: { triggers, response } });

test('a command trigger starts its flow, also while a question waits; the command of a flow record comes first', () => {
  const ann = dialogue([
    {
      ...flow(
        [
          { kind: 'command', command: '/Help' },
          { kind: 'command', command: 'start' },
        ],
        'Help',
      ),
    },
    { trigger_command: 'start', flow_data: { steps: [{ id: 'q', type: 'question', text: 'Name?' }] } },
    flow([{ kind: 'command', command: 'help' }], 'never'),
  ]);
  expect(ann.say('/start')).toEqual(['Name?']);
  expect(ann.say('/HELP me')).toEqual(['Help']);
  expect(ann.session).toBe(IDLE_SESSION);
});

describe('the text after a command', () => {
  test('selects the flow: exact text before the longest prefix before any', () => {
    const linked = (payload: string, match: string, response: string): { flow_data: object } =>
      flow([{ kind: 'command', command: 'start', payload, match }], response);
    const ann = dialogue([
      { trigger_command: 'start', flow_data: { response: 'Any' } },
      linked('ref', 'start', 'Ref'),
      linked('ref_long', 'start', 'Long'),
      linked('ref_long', 'whole', 'Whole'),
    ]);
    expect(
      ['/start', '/start re', '/start ref_1', '/start ref_longer', '/START ref_long', '/start REF_1'].flatMap((words) =>
        ann.say(words),
      ),
    ).toEqual(['Any', 'Any', 'Ref', 'Long', 'Whole', 'Any']);
  });

  test('may match no flow, if all flows of the command require a text', () => {
    const ann = dialogue([flow([{ kind: 'command', command: 'start', payload: 'x' }], 'Linked'), echo]);
    expect(ann.say('/start')).toEqual(['Pardon?']);
  });

  test.each([
    ['/add 3 of the best', '3|of the best'],
    ['/add  -2,5   tea ', '-2.5|tea'],
    ['/add 3', '3|'],
    ['/add three teas', '1|teas'],
    ['/add', '1|'],
    ['/add 7_green_tea', '7|green_tea'],
  ])('%j becomes variables: %s', (words, said) => {
    const arguments_ = [{ variable: 'count', type: 'number' }, { variable: 'what' }];
    const ann = dialogue([
      {
        trigger_command: 'add',
        flow_data: {
          arguments: arguments_,
          variables: { count: 1 },
          steps: [{ id: 'a', type: 'message', text: '{{ count }}|{{ what }}' }],
        },
      },
    ]);
    expect(ann.say(words)).toEqual([said]);
  });

  test('is read without the payload of the trigger; an integer argument accepts only integers', () => {
    const ann = dialogue(
      [flow([{ kind: 'command', command: 'start', payload: 'ref_', match: 'start' }], ''), echo].map((one) => ({
        flow_data: { ...one.flow_data, arguments: [{ variable: 'who', type: 'integer' }], response: 'From {{ who }}' },
      })),
    );
    expect([ann.say('/start ref_42'), ann.say('/start ref_4.5')]).toEqual([['From 42'], ['From ']]);
  });

  test('needs valid names of variables', () => {
    expect(validateFlow({ arguments: [{ variable: 'user' }, { variable: '2nd' }], response: 'x' })).toMatchObject([
      { path: '/arguments/1/variable', code: 'wrong_format' },
      { path: '/arguments/0/variable', code: 'name_reserved' },
    ]);
    expect(
      validateFlow({ arguments: [{ variable: 'user' }], response: '{{ user }}' }).map(
        ({ path, code }) => `${path} ${code}`,
      ),
    ).toContain('/arguments/0/variable name_reserved');
  });
});

describe('keywords', () => {
  const ann = dialogue([
    flow([{ kind: 'keyword', words: ['Prices', 'how much'] }], 'Whole'),
    flow([{ kind: 'keyword', words: ['tea', 'чай'], match: 'part' }], 'Part'),
    echo,
  ]);

  test.each([
    ['prices', 'Whole'],
    ['  PRICES!? ', 'Whole'],
    ['how  much?', 'Whole'],
    ['prices please', 'Pardon?'],
    ['A cup of Tea, please', 'Part'],
    ['ЧАЙ', 'Part'],
    ['the team', 'Pardon?'],
    ['teatea tea', 'Part'],
    ['чайник', 'Pardon?'],
    ['/tea', 'Pardon?'],
    ['/prices', 'Pardon?'],
  ])('%j: %s', (words, said) => {
    expect(ann.say(words)).toEqual([said]);
  });

  test('a caption is not a command', () => {
    expect(ann.play(photo('prices'))).toEqual(['Pardon?']);
  });
});

test('patterns select the first flow that matches', () => {
  const ann = dialogue([
    flow([{ kind: 'pattern', pattern: '^order \\d+$', ignore_case: true }], 'Order'),
    flow([{ kind: 'pattern', pattern: 'order' }], 'Any order'),
    echo,
  ]);
  expect(ann.say('Order 66')).toEqual(['Order']);
  expect(ann.say('my order 66')).toEqual(['Any order']);
  expect(ann.say('my Order')).toEqual(['Pardon?']);
});

test('a waiting step gets the message before keywords', () => {
  const ann = dialogue([
    { trigger_command: 'start', flow_data: { steps: [{ id: 'q', type: 'question', text: 'Name?' }] } },
    flow([{ kind: 'keyword', words: ['ann'] }], 'Keyword'),
  ]);
  ann.say('/start');
  expect(ann.say('ann')).toEqual([]);
  expect(ann.last.answers).toMatchObject([{ value: 'ann' }]);
  expect(ann.say('ann')).toEqual(['Keyword']);
});

test('a keyword flow that ends immediately leaves the session at its menu', () => {
  const ann = dialogue([
    { trigger_command: 'start', flow_data: { type: 'menu', text: 'Menu', buttons: [{ text: 'A', response: 'a' }] } },
    flow([{ kind: 'keyword', words: ['help'] }], 'Help'),
  ]);
  ann.say('/start');
  const before = ann.session;
  expect(ann.say('help')).toEqual(['Help']);
  expect(ann.session).toBe(before);
});

test('the first contact: after commands and keywords, before the default', () => {
  const bot = program(
    flow([{ kind: 'first_contact' }], 'Nice to meet you'),
    flow([{ kind: 'keyword', words: ['prices'] }], 'Prices'),
    { trigger_command: 'start', flow_data: { response: 'Start' } },
    echo,
  );
  const said = (words: string, is_first_contact: boolean): unknown =>
    advance(bot, IDLE_SESSION, text(words), { ...ENV, is_first_contact }).effects;
  expect(said('hello', true)).toMatchObject([{ text: 'Nice to meet you' }]);
  expect(said('hello', false)).toMatchObject([{ text: 'Pardon?' }]);
  expect(said('/start', true)).toMatchObject([{ text: 'Start' }]);
  expect(said('prices', true)).toMatchObject([{ text: 'Prices' }]);
});

describe('the fallback', () => {
  const menu = {
    trigger_command: 'start',
    flow_data: { type: 'menu', text: 'Menu', buttons: [{ text: 'A', response: 'a' }] },
  };
  const fallback = flow([{ kind: 'fallback' }], 'What?');

  test('gets unknown commands and messages that the step does not handle; the default starts a conversation', () => {
    const ann = dialogue([menu, fallback, echo]);
    expect(ann.say('hello')).toEqual(['Pardon?']);
    expect(ann.say('/nobody')).toEqual(['What?']);
    ann.say('/start');
    const before = ann.session;
    expect(ann.say('hello')).toEqual(['What?']);
    expect(ann.play(photo())).toEqual(['What?']);
    expect(ann.session).toBe(before);
  });

  test('gets everything without a default flow, except messages that match a keyword', () => {
    const ann = dialogue([menu, fallback, flow([{ kind: 'keyword', words: ['tea'] }], 'Tea')]);
    expect(ann.say('hello')).toEqual(['What?']);
    expect(ann.say('tea')).toEqual(['Tea']);
  });
});

test('button data of no flow: exact data before the longest prefix, a flow’s own button before both', () => {
  const ann = dialogue([
    flow([{ kind: 'callback', data: 'a', match: 'start' }], 'begins'),
    flow([{ kind: 'callback', data: 'ab', match: 'start' }], 'begins longer'),
    flow(
      [
        { kind: 'callback', data: 'abc' },
        { kind: 'callback', data: 'own' },
      ],
      'whole',
    ),
    { flow_data: { type: 'menu', text: 'Menu', buttons: [{ text: 'A', response: 'button', callback_data: 'own' }] } },
  ]);
  expect(ann.play(callback('abc'))).toEqual(['(answer)', 'whole']);
  expect(ann.play(callback('abcd'))).toEqual(['(answer)', 'begins longer']);
  expect(ann.play(callback('ax'))).toEqual(['(answer)', 'begins']);
  expect(ann.play(callback('own'))).toEqual(['(answer)', 'button']);
  expect(ann.play(callback('x'))).toEqual(['(answer) This button no longer works.']);
});
