import { describe, expect, test } from 'vitest';
import { cpuTime } from '../fixtures/cpu-time.ts';
import type { KnownFlow } from './known-flow.ts';
import { validateFlow } from './validate-flow.ts';

const brief = (data: unknown, ...context: [] | [NonNullable<Parameters<typeof validateFlow>[1]>]): string[] =>
  validateFlow(data, ...context).map(({ path, code }) => `${path} ${code}`);
const say = (id: string, more: object = {}): object => ({ id, type: 'message', text: id, ...more });
const ask = (id: string, more: object = {}): object => ({ id, type: 'question', text: id, ...more });

describe('the forms of the seed are accepted exactly as written', () => {
  test.each([
    { response: 'Hello World' },
    {
      steps: [
        { id: 'step1', type: 'message', text: 'Hi' },
        { id: 'step2', type: 'question', text: 'Name?' },
      ],
      initial_step: 'step1',
    },
    { type: 'menu', text: 'Choose option', buttons: [{ text: 'A', response: 'You chose A' }] },
  ])('%j', (data) => {
    expect(validateFlow(data)).toEqual([]);
  });
});

describe('the form', () => {
  test.each([
    [null, ' wrong_type'],
    ['text', ' wrong_type'],
    [[], ' wrong_type'],
    [{}, ' form_unknown'],
    [{ type: 'message', text: 'x' }, ' form_unknown'],
    [{ response: 'x', steps: [] }, ' form_ambiguous'],
    [{ response: 3 }, '/response wrong_type'],
    [{ response: 'x', respose: 'y' }, '/respose unknown_key'],
    [{ steps: [] }, '/steps empty'],
    [{ steps: {} }, '/steps wrong_type'],
    [{ steps: [3] }, '/steps/0 wrong_type'],
    [{ steps: [{ id: 'a', text: 'x' }] }, '/steps/0/type required'],
    [{ steps: [{ id: 'a', type: 'mesage', text: 'x' }] }, '/steps/0/type step_type_unknown'],
    [{ steps: [say('a')], initial_step: 'b' }, '/initial_step dangling_step'],
    [{ version: 1, steps: [say('a', { next: null })] }, '/initial_step required'],
    [{ version: 2, response: 'x' }, '/version wrong_value'],
    [{ type: 'menu', buttons: [{ text: 'A', response: 'a' }] }, '/text required'],
    [{ type: 'menu', text: 'x' }, '/buttons required'],
    [{ id: 'x', type: 'menu', text: 'x', buttons: [{ text: 'A', response: 'a' }] }, '/id unknown_key'],
  ])('%j', (data, problem) => {
    expect(brief(data)).toContain(problem);
  });

  test.each([
    [
      { type: 'wait', for: 'tomorrow' },
      [
        '/steps/0/for "for" contains characters that are not allowed (Write {"minutes": 5} (weeks, days, hours, minutes, seconds) or "PT5M".)',
      ],
    ],
    [{ type: 'wait' }, ['/steps/0/for "for" is missing (Set either "for" or "until".)']],
    [{ type: 'handover', timeout: 5 }, ['/steps/0/timeout "timeout" must be an object or a string, not 5 (-)']],
    [
      { type: 'message', text: 'x', typing: 'long' },
      ['/steps/0/typing "typing" must be true or a number, not a string (-)'],
    ],
    [
      {
        type: 'invoice',
        title: 'T',
        description: 'D',
        currency: 'eur',
        prices: [{ label: 'x', amount: 1.5 }],
        provider_token_secret: 'S',
      },
      [
        '/steps/0/currency "currency" contains characters that are not allowed (Use "XTR" for Telegram Stars, or three capital letters such as "EUR".)',
        '/steps/0/prices/0/amount "amount" must be a whole number or a string, not 1.5 (-)',
      ],
    ],
    [
      { type: 'set', changes: [{ variable: '1st', value: 1 }] },
      [
        '/steps/0/changes/0/variable "variable" contains characters that are not allowed (Use letters, digits, "_" and "-". Do not start with a digit or "-", or end with "-".)',
      ],
    ],
  ])('what a field may be is said: %j', (step, problems) => {
    expect(
      validateFlow({ steps: [{ id: 'a', ...step }] }).map(
        ({ path, message, hint = '-' }) => `${path} ${message} (${hint})`,
      ),
    ).toEqual(problems);
  });

  test('what is refused in a trigger is not missing, too; a name that no variable can have is said to be one', () => {
    expect(brief({ triggers: [{ kind: 'keyword', words: [] }, { kind: 'keyword' }], response: 'x' })).toEqual([
      '/triggers/0/words empty',
      '/triggers/1/words required',
    ]);
    expect(validateFlow({ variables: { 'a b': 1 }, steps: [say('a')] })).toMatchObject([
      {
        path: '/variables/a b',
        code: 'wrong_format',
        message: '"a b" contains characters that are not allowed',
        hint: expect.stringContaining('Use letters, digits') as string,
      },
    ]);
  });

  test('hints say what was probably meant', () => {
    expect(validateFlow({ response: 'x', vesion: 1 })[0]?.hint).toBe('Did you mean "version"?');
    expect(validateFlow({ steps: [{ id: 'a', type: 'mesage', text: 'x' }] })[0]?.hint).toBe('Did you mean "message"?');
    expect(validateFlow({ steps: [say('first'), ask('second', { next: 'frist' })] })[0]?.hint).toBe(
      'Did you mean "first"?',
    );
    expect(
      validateFlow({ steps: [ask('name'), say('b', { text: '{{ nmae }} {{ user.frist_name }}' })] }).map(
        ({ hint }) => hint,
      ),
    ).toEqual(['Did you mean "name"?', 'Did you mean "first_name"?']);
  });
});

test('everything wrong is found at once', () => {
  const problems = brief({
    version: 3,
    titel: 'x',
    initial_step: 'start',
    steps: [
      say('a', { text: 'Hi {{ nmae }}', tetx: 1, next: 'zz' }),
      { id: 'b', type: 'question', txt: 'x' },
      say('b', { text: 3 }),
      { id: 'c', type: 'menu', text: '{% if %}', buttons: [{ text: 'A' }, [{ text: 'B', url: 'javascript:1' }]] },
      ask('user', { retry: '{{ user.name }}', variable: 'two words', next: null }),
    ],
  });
  expect(problems.sort()).toEqual([
    '/initial_step dangling_step',
    '/steps/0/next dangling_step',
    '/steps/0/tetx unknown_key',
    '/steps/0/text unknown_variable',
    '/steps/1/text required',
    '/steps/1/txt unknown_key',
    '/steps/2/id duplicate_id',
    '/steps/2/text wrong_type',
    '/steps/3/buttons/0 button_does_nothing',
    '/steps/3/buttons/1/0/url url_scheme',
    '/steps/3/text template_invalid',
    '/steps/4/id name_reserved',
    '/steps/4/retry unknown_variable',
    '/steps/4/variable wrong_format',
    '/titel unknown_key',
    '/version wrong_value',
  ]);
});

describe('what cannot be read hides nothing else', () => {
  const bad = { text: '', next: 'nowhere' };
  test.each([
    [
      'a label',
      { type: 'menu', text: '{% if %}', buttons: [{ text: 'A' }, bad, [{ text: 'B', url: 'javascript:1' }]] },
      [
        '/buttons/0 button_does_nothing',
        '/buttons/1/next dangling_step',
        '/buttons/1/text empty',
        '/buttons/2/0/url url_scheme',
        '/text template_invalid',
      ],
    ],
    [
      'the only button',
      { type: 'menu', text: '{% if %}', buttons: [5] },
      ['/buttons/0 wrong_type', '/text template_invalid'],
    ],
    [
      'all buttons',
      { type: 'menu', text: '{% if %}', buttons: 'A' },
      ['/buttons wrong_type', '/text template_invalid'],
    ],
    [
      'a required text and a label',
      { type: 'menu', buttons: [{ text: 'A' }, { text: '', next: null }] },
      ['/buttons/0 button_does_nothing', '/buttons/1/text empty', '/text required'],
    ],
    [
      'callback data of two',
      {
        type: 'menu',
        text: 'x',
        buttons: [
          { text: 'A', next: null, callback_data: 7 },
          { text: 'B', next: null, callback_data: 7 },
          { text: 'C' },
        ],
      },
      ['/buttons/0/callback_data wrong_type', '/buttons/1/callback_data wrong_type', '/buttons/2 button_does_nothing'],
    ],
    [
      'an address',
      { type: 'http', url: 5, json: {}, headers: { 'x-a': '{% if %}' } },
      ['/headers/x-a template_invalid', '/method body_ambiguous', '/url wrong_type'],
    ],
  ])('%s', (_, step, wanted) => {
    expect(brief({ steps: [{ id: 'm', ...step }] }).sort()).toEqual(
      wanted.map((problem) => `/steps/0${problem}`).sort(),
    );
  });

  test('nor do members of the document', () => {
    expect(
      brief({
        triggers: [{ kind: 'keyword', words: [''] }, { kind: 'keyword', words: [''] }, 5],
        initial_step: 4,
        steps: [say('a', { next: 'zz' })],
      }).sort(),
    ).toEqual([
      '/initial_step wrong_type',
      '/steps/0/next dangling_step',
      '/triggers/0/words/0 empty',
      '/triggers/1/words/0 empty',
      '/triggers/2 wrong_type',
    ]);
  });

  test('D10 nor does much of it take long', () => {
    const unreadable = {
      type: 'question',
      text: '',
      input: { kind: 'x' },
      on_error: [],
      next: {},
      retry: [[[]]],
      reminders: [{}, {}],
    };
    const unreadableSteps = Array.from({ length: 1000 }, (_, id) => ({ id: `q${id}`, ...unreadable }));
    const unreadableButtons = Array.from({ length: 200 }, (_, id) => ({
      id: `m${id}`,
      type: 'menu',
      text: 'x',
      buttons: Array.from({ length: 100 }, () => ({ text: '', next: 5 })),
    }));
    const milliseconds = cpuTime(() => {
      validateFlow({ steps: unreadableSteps });
      expect(validateFlow({ steps: unreadableButtons }).at(-1)).toMatchObject({ code: 'too_many_problems' });
    });
    expect(milliseconds).toBeLessThan(4000);
  });
});

describe('the whole flow', () => {
  test('steps that nothing leads to', () => {
    expect(brief({ steps: [say('a', { next: 'c' }), say('b'), say('c')] })).toEqual(['/steps/1 unreachable_step']);
    expect(brief({ steps: [say('a'), say('b')], initial_step: 'b' })).toEqual(['/steps/0 unreachable_step']);
    // A menu leads nowhere but where its buttons do.
    expect(
      brief({
        steps: [
          { id: 'm', type: 'menu', text: 'x', buttons: [{ text: 'A', next: 'c' }] },
          say('b', { next: null }),
          say('c'),
        ],
      }),
    ).toEqual(['/steps/1 unreachable_step']);
    // What a broken step leads to is not known, so nothing behind it is blamed.
    expect(brief({ steps: [{ id: 'a', type: 'question', next: 'c' }, say('b'), say('c')] })).toEqual([
      '/steps/0/text required',
    ]);
  });

  test('D1 D3 loops without a wait are refused where they can be seen', () => {
    expect(brief({ steps: [say('a', { next: 'a' })] })).toEqual(['/steps/0 endless_loop']);
    expect(validateFlow({ steps: [say('a'), say('b'), say('c', { next: 'b' })] })).toMatchObject([
      { path: '/steps/1', code: 'endless_loop', message: expect.stringContaining('b → c → b') },
    ]);
    expect(brief({ steps: [say('a'), ask('b', { next: 'a' })] })).toEqual([]);
    expect(
      brief({ steps: [say('a'), { id: 'm', type: 'menu', text: 'x', buttons: [{ text: 'Again', next: 'a' }] }] }),
    ).toEqual([]);
  });

  test('variables that no step sets, or none before', () => {
    expect(brief({ response: '{{ name }}' })).toEqual(['/response unknown_variable']);
    expect(brief({ steps: [say('a', { text: '{{ name }}' }), ask('name')] })).toEqual([
      '/steps/0/text variable_not_set_yet',
    ]);
    expect(brief({ steps: [say('a', { text: '{{ name }}' }), ask('name', { next: 'a' })] })).toEqual([]);
    expect(
      brief({
        steps: [ask('name'), say('b', { text: '{% if name %}{{ name.size }}{% endif %}{% assign x = 1 %}{{ x }}' })],
      }),
    ).toEqual([]);
    expect(brief({ steps: [ask('name', { retry: '{{ name }}' })] })).toEqual(['/steps/0/retry variable_not_set_yet']);
  });

  test('T14 members of the namespaces are known, and nothing else is', () => {
    expect(
      brief({
        response:
          '{{ user.first_name }}{{ user.attributes.any.thing }}{{ bot.username }}{{ message.text }}{{ event.args }}',
      }),
    ).toEqual([]);
    for (const path of ['bot.token', 'user.password', 'secrets.x', 'env', 'session.id', 'user'])
      expect(brief({ response: `{{ ${path} }}` }), path).toHaveLength(1);
    expect(brief({ response: '{% assign user = 1 %}{{ user }}' })).toContain('/response name_reserved');
  });
});

describe('the bot around it', () => {
  const flows: KnownFlow[] = [
    {
      flow_id: 'f1',
      name: 'Shop',
      trigger_command: 'shop',
      flow_data: { type: 'menu', text: 'x', buttons: [{ text: 'A', response: 'a', callback_data: 'taken' }] },
    },
    { flow_id: 'f2', name: 'Help', trigger_command: '/Help' },
    { flow_id: 'f3', name: 'help', trigger_command: null },
  ];
  const to = (flow: string): object => ({ type: 'menu', text: 'x', buttons: [{ text: 'A', flow }] });

  test('a button names a flow by its id, its command or its name', () => {
    for (const flow of ['f1', '/shop', '/SHOP', 'Shop', 'shop', '/help'])
      expect(brief(to(flow), { flows }), flow).toEqual([]);
    expect(brief(to('help'), { flows })).toEqual(['/buttons/0/flow ambiguous_flow']);
    expect(validateFlow(to('/shp'), { flows })).toMatchObject([
      { path: '/buttons/0/flow', code: 'dangling_flow', hint: 'Did you mean "/shop"?' },
    ]);
    expect(brief(to('anything'))).toEqual([]);
  });

  test('a flow may lead to itself, by what it will be called', () => {
    expect(brief(to('/buy'), { flows, self: { flow_id: 'f1', name: 'Shop', trigger_command: 'buy' } })).toEqual([]);
    expect(brief(to('/shop'), { flows, self: { flow_id: 'f1', name: 'Shop', trigger_command: 'buy' } })).toEqual([
      '/buttons/0/flow dangling_flow',
    ]);
  });

  test('callback data of another flow is taken, its own former is not', () => {
    const data = { type: 'menu', text: 'x', buttons: [{ text: 'A', response: 'a', callback_data: 'taken' }] };
    expect(brief(data, { flows })).toEqual(['/buttons/0/callback_data duplicate_callback_data']);
    expect(brief(data, { flows, self: { flow_id: 'f1', name: 'Shop', trigger_command: 'shop' } })).toEqual([]);
  });
});

describe('attacks', () => {
  test('T8 an object in place of a text is refused', () => {
    expect(brief({ response: { type: 'Program', body: [] } })).toEqual(['/response wrong_type']);
  });

  test('P2 keys that poison objects are refused, wherever they stand', () => {
    const documents = [
      '{"response":"x","__proto__":{"polluted":1}}',
      '{"steps":[{"id":"a","type":"message","text":"x","constructor":{"prototype":{"polluted":1}}}]}',
      '{"type":"menu","text":"x","buttons":[{"text":"A","response":"a","prototype":1}]}',
    ];
    for (const json of documents)
      expect(new Set(brief(JSON.parse(json)).map((line) => line.split(' ')[1])), json).toEqual(
        new Set(['key_forbidden']),
      );
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  test('P4 nothing of this has touched the prototype of objects', () => {
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(Object.getOwnPropertyNames(Object.prototype)).toHaveLength(12);
  });

  test('D10 size, number of steps and depth are bounded, quickly', () => {
    const steps = Array.from({ length: 10_000 }, (_, index) => say(`s${index}`));
    expect(brief({ steps: steps.slice(0, 1001) })).toEqual(['/steps too_big']);
    expect(brief({ steps })).toHaveLength(1);
    expect(brief({ response: 'x'.repeat(20_000_000) })).toEqual([' document_too_large']);
    let deep: unknown = 'x';
    for (let level = 0; level < 100_000; level += 1) deep = [deep];
    expect(brief({ response: deep })).toMatchObject([expect.stringContaining('document_too_deep')]);
    const round: Record<string, unknown> = {};
    round.response = round;
    expect(brief(round)).toMatchObject([expect.stringContaining('document_too_deep')]);
  });

  test('D10 a document made to be slow to check is checked quickly', () => {
    const id = (index: number): string => `${'a'.repeat(56)}${index}`;
    const slow = [
      { steps: Array.from({ length: 1000 }, (_, index) => say(id(index), { next: `b${id(index)}` })) },
      {
        steps: Array.from({ length: 1000 }, (_, index) =>
          ask(id(index), {
            text: Array.from({ length: 90 }, (_, at) => `{{a${at}b}}`).join(''),
            variable: `v${index}`,
          }),
        ),
      },
      {
        steps: [
          {
            id: 'm',
            type: 'menu',
            text: 'x',
            buttons: Array.from({ length: 12_000 }, () => ({ text: 'A', next: 'x' })),
          },
        ],
      },
      {
        steps: Array.from({ length: 1000 }, (_, index) =>
          say(String(index), { next: String(index === 999 ? 0 : index + 1) }),
        ),
      },
      { response: 'x', ...Object.fromEntries(Array.from({ length: 40_000 }, (_, index) => [`k${index}`, 1])) },
      { response: '{{ a.b'.repeat(1365) },
    ];
    for (const data of slow) {
      const milliseconds = cpuTime(() => {
        const problems = validateFlow(data);
        expect(problems.length).toBeGreaterThan(0);
        expect(problems.length).toBeLessThanOrEqual(501);
      });
      expect(milliseconds).toBeLessThan(1500);
    }
    expect(validateFlow(slow[2]).at(-1)).toMatchObject({ code: 'too_many_problems' });
  });

  test('what is no JSON is refused', () => {
    for (const data of [
      undefined,
      3,
      () => 1,
      new Map(),
      { response: () => 1 },
      { response: Symbol('x') },
      { steps: [new Date(0)] },
    ])
      expect(brief(data).length).toBeGreaterThan(0);
  });
});
