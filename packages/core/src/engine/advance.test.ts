import { describe, expect, test } from 'vitest';
import { addVersions } from '../flow/index.ts';
import type { JsonObject } from '../model/index.ts';
import { advance } from './advance.ts';
import { dialogue, ENV, photo, program, publish, text } from './fixtures/dialogue.ts';
import { IDLE_SESSION } from './state/session.ts';

const say = (id: string, more: object = {}): object => ({ id, type: 'message', text: id, ...more });
const ask = (id: string, more: object = {}): object => ({ id, type: 'question', text: id, ...more });
const echo = { is_default: true, flow_data: { response: 'Echo: {{ message.text }}' } };

describe('commands', () => {
  const start = {
    trigger_command: 'start',
    flow_data: { response: '{{ event.command }}({{ event.args }}) {{ message.text }}' },
  };

  test('with a payload, for this bot, in any case', () => {
    const ann = dialogue([start, echo]);
    expect(ann.say('/start')).toEqual(['start() /start']);
    expect(ann.say('/start ref_42')).toEqual(['start(ref_42) /start ref_42']);
    expect(ann.say('/start@shop_bot')).toEqual(['start() /start@shop_bot']);
    expect(ann.say('/START')).toEqual(['START() /START']);
    // For another bot: the event then carries no command.
    expect(ann.play({ ...text('/start@other_bot'), command: null } as ReturnType<typeof text>)).toEqual([
      'Echo: /start@other_bot',
    ]);
  });

  test('come before a pending question, and earlier answers are dropped', () => {
    const ann = dialogue([
      { trigger_command: 'form', flow_data: { steps: [ask('a'), ask('b'), say('c', { text: '[{{ a }}]' })] } },
      start,
    ]);
    ann.say('/form');
    ann.say('one');
    expect(ann.say('/start')).toEqual(['start() /start']);
    expect(ann.session).toBe(IDLE_SESSION);
    ann.say('/form');
    expect(ann.session.state).toEqual({ variables: {} });
  });
});

describe('versions', () => {
  test('a session stays on the version on which it started', () => {
    const older = publish([{ trigger_command: 'start', flow_data: { steps: [ask('a'), say('old')] } }]);
    const newer = program(
      { flow_data: {} },
      { trigger_command: 'start', flow_data: { steps: [ask('a'), say('new')] } },
    );
    const before = { flow_version_id: 1, step_id: 'a', state: { variables: {} } };
    expect(advance(addVersions({ ...newer, broken: new Map() }, older), before, text('x'), ENV).effects).toMatchObject([
      { text: 'old' },
    ]);
  });

  test('a session whose version or step no longer exists, or cannot run, starts again', () => {
    const bot = program(
      { flow_data: { steps: [{ id: 'a', type: 'hologram' }] } },
      { flow_data: { steps: [ask('b')] } },
      echo,
    );
    for (const [flow_version_id, step_id] of [
      [1, 'a'],
      [2, 'gone'],
      [99, 'a'],
    ] as const) {
      const { session, effects, trace } = advance(bot, { flow_version_id, step_id, state: {} }, text('hi'), ENV);
      expect(session).toBe(IDLE_SESSION);
      expect(effects).toMatchObject([{ text: 'Echo: hi' }]);
      expect(trace[0]).toMatchObject({ kind: 'version_gone', step_id });
    }
  });

  test('a damaged stored state is read as no variables', () => {
    const bot = program({ flow_data: { steps: [ask('b'), say('c', { text: '[{{ b }}{{ a }}]' })] } });
    const states: JsonObject[] = [{}, { variables: null }, { variables: [1] }, { variables: 'x' }];
    for (const state of states) {
      expect(advance(bot, { flow_version_id: 1, step_id: 'b', state }, text('hi'), ENV).effects).toMatchObject([
        { text: '[hi]' },
      ]);
    }
  });
});

describe('the budget', () => {
  test('an endless loop that passed the checks ends with a reason in the trace', () => {
    const ann = dialogue([
      {
        trigger_command: 'start',
        flow_data: {
          steps: [say('a', { text: '{{ user.phone }}' }), say('b', { text: '{{ user.phone }}', next: 'a' })],
        },
      },
      echo,
    ]);
    expect(ann.say('/start')).toEqual([]);
    expect(ann.last.trace.at(-1)).toEqual({ kind: 'budget_exceeded', step_id: 'a', detail: 'more than 100 steps' });
    expect(ann.session).toBe(IDLE_SESSION);
    expect(ann.say('hi')).toEqual(['Echo: hi']);
  });

  test('no event sends more than thirty messages', () => {
    const many = {
      trigger_command: 'many',
      flow_data: { steps: Array.from({ length: 60 }, (_, index) => say(`s${index}`)) },
    };
    const long = {
      trigger_command: 'long',
      flow_data: { response: '{{ user.attributes.long }}{{ user.attributes.long }}' },
    };
    const ann = dialogue([many, long, echo], {
      ...ENV,
      user: { ...ENV.user, attributes: { long: 'word '.repeat(9900) } },
    });
    expect(ann.say('/many')).toHaveLength(30);
    expect(ann.last.trace.at(-1)).toMatchObject({ kind: 'budget_exceeded', detail: 'more than 30 messages' });
    expect(ann.say('/long').length).toBeGreaterThan(20);
    expect(ann.say('hi')).toEqual(['Echo: hi']);
  });

  test('no event takes longer than 250 ms, if `env.elapsed` is given', () => {
    let now = 0;
    const ann = dialogue(
      [
        { trigger_command: 'slow', flow_data: { steps: Array.from({ length: 10 }, (_, index) => say(`s${index}`)) } },
        echo,
      ],
      { ...ENV, elapsed: () => (now += 60) },
    );
    expect(ann.say('/slow')).toHaveLength(4);
    expect(ann.last.trace.at(-1)).toMatchObject({ kind: 'budget_exceeded', step_id: 's4', detail: 'more than 250 ms' });
    expect(ann.session).toBe(IDLE_SESSION);
    now = 0;
    expect(ann.say('hi')).toEqual(['Echo: hi']);
  });

  test('a step that fails ends the flow with a reason; the next command works', () => {
    const failing = {
      trigger_command: 'fail',
      flow_data: { steps: [say('a'), say('b', { text: '{{ (1..9000000) }}' }), say('c')] },
    };
    const ann = dialogue([failing, echo]);
    expect(ann.say('/fail')).toEqual(['a']);
    expect(ann.last.trace.at(-1)).toMatchObject({
      kind: 'step_failed',
      step_id: 'b',
      detail: expect.stringContaining('limit exceeded'),
    });
    expect(ann.session).toBe(IDLE_SESSION);
    expect(ann.say('hi')).toEqual(['Echo: hi']);
  });

  test('a button press whose response fails is still answered, and does not move the session', () => {
    const menu = {
      trigger_command: 'menu',
      flow_data: {
        type: 'menu',
        text: 'x',
        buttons: [
          { text: 'A', response: '{{ (1..9000000) }}' },
          { text: 'B', answer: '{{ (1..9000000) }}' },
        ],
      },
    };
    const ann = dialogue([menu, echo]);
    ann.say('/menu');
    const before = ann.session;
    expect(ann.press('A')).toEqual(['(answer)']);
    expect(ann.press('B')).toEqual(['(answer)']);
    expect(ann.session).toBe(before);
  });
});

describe('texts', () => {
  test('without a parse mode, names are sent unchanged', () => {
    const ann = dialogue([{ ...echo, flow_data: { response: 'Hi {{ user.first_name }}' } }], {
      ...ENV,
      user: { ...ENV.user, first_name: '<b>&_*[`' },
    });
    expect(ann.say('x')).toEqual(['Hi <b>&_*[`']);
    expect(ann.last.effects[0]).toMatchObject({ payload: { text: 'Hi <b>&_*[`' } });
    expect(ann.last.effects[0]).not.toHaveProperty('payload.parse_mode');
  });

  test('a text that a person writes is never rendered as a template', () => {
    const ann = dialogue([echo]);
    expect(ann.say('{{ bot.username }}{% if 1 %}')).toEqual(['Echo: {{ bot.username }}{% if 1 %}']);
  });

  test('a text that is too long is sent in several messages, with the buttons below the last', () => {
    const menu = {
      ...echo,
      flow_data: { type: 'menu', text: '{{ user.attributes.long }}', buttons: [{ text: 'A', answer: 'a' }] },
    };
    const ann = dialogue([menu], { ...ENV, user: { ...ENV.user, attributes: { long: '🙂'.repeat(3000) } } });
    const parts = ann.say('x');
    expect(parts.map((part) => part.length)).toEqual([4096, 1904]);
    expect(ann.last.effects.map((effect) => effect.kind === 'send' && 'reply_markup' in effect.payload)).toEqual([
      false,
      true,
    ]);
  });

  test('a caption is `message.text` in templates', () => {
    expect(dialogue([echo]).play(photo('look'))).toEqual(['Echo: look']);
    expect(dialogue([echo]).play(photo())).toEqual(['Echo: ']);
  });
});

test('a default flow that waits takes over the session', () => {
  const ann = dialogue([{ is_default: true, flow_data: { steps: [ask('a'), say('b', { text: 'Got {{ a }}' })] } }]);
  expect(ann.say('hello')).toEqual(['a']);
  expect(ann.say('world')).toEqual(['Got world']);
});

test('the same event returns the same result, and the arguments are not changed', () => {
  const bot = program({ trigger_command: 'start', flow_data: { steps: [ask('a'), say('b', { text: '{{ a }}' })] } });
  const session = Object.freeze({
    flow_version_id: 1,
    step_id: 'a',
    state: Object.freeze({ variables: Object.freeze({ old: 1 }) }),
  });
  expect(advance(bot, session, text('x'), ENV)).toEqual(advance(bot, session, text('x'), ENV));
});
