import { describe, expect, test } from 'vitest';
import type { EventMap } from '../engine/index.ts';
import type { StepType } from '../flow/index.ts';
import { DIALOGUE_BY_STEP } from './dialogues/by-step.ts';
import { message, steps } from './dialogues/dialogue-case.ts';
import { simulate, type Simulation } from './index.ts';

const said = ({ dialogue }: Simulation): string[] =>
  dialogue.filter(({ from }) => from === 'bot').map(({ type, text }) => text ?? `(${type})`);

/** A script per kind of event that a session can get. */
const BY_EVENT: { readonly [Kind in Exclude<keyof EventMap, 'operator' | 'start'>]: StepType } = {
  message: 'question',
  callback: 'menu',
  chat_event: 'join_request',
  timer: 'wait',
  result: 'http',
  external: 'wait_for_event',
  payment: 'invoice',
};

test.each(Object.entries(DIALOGUE_BY_STEP))('a dialogue with %s', (_, { flow, script, says, options }) => {
  const result = simulate(flow, script, options);
  expect(said(result)).toEqual(says);
  expect(result.problems).toEqual([]);
});

test.each(Object.entries(BY_EVENT))('%s reaches a session', (_, step) => {
  const { flow, script, options } = DIALOGUE_BY_STEP[step];
  expect(simulate(flow, script, options).trace.length).toBeGreaterThan(
    simulate(flow, script.slice(0, -1), options).trace.length,
  );
});

test('the host starts a flow, with variables', () => {
  const news = {
    name: 'News',
    flow_data: { variables: { n: 0 }, steps: [{ id: 'a', type: 'message', text: 'Order {{ n }}' }] },
  };
  const flow = steps({ id: 'q', type: 'question', text: 'Well?' }, message('b', 'b'));
  expect(said(simulate(flow, ['/start', { start: 'news', variables: { n: 12 } }, 'x'], { flows: [news] }))).toEqual([
    'Well?',
    'Order 12',
    'b',
  ]);
  expect(simulate(flow, [{ start: 'nowhere' }]).problems).toHaveLength(1);
});

test('an operator moves, resets and ends the session', () => {
  const flow = steps({ id: 'q', type: 'question', text: 'Well?' }, message('b', 'b'));
  expect(said(simulate(flow, ['/start', { operator: { kind: 'move', step_id: 'b' } }]))).toEqual(['Well?', 'b']);
  expect(said(simulate(flow, ['/start', { operator: { kind: 'reset' } }]))).toEqual(['Well?', 'Well?']);
  expect(simulate(flow, ['/start', { operator: { kind: 'end' } }]).waiting).toBeNull();
});

test('reports where it waits and why, and which steps never ran', () => {
  const flow = steps(message('a', 'Hi'), { id: 'w', type: 'wait', for: { minutes: 5 } }, message('b', 'Bye'));
  const { waiting, coverage, dialogue } = simulate(flow, ['/start'], { starts_at: '2026-03-01T10:00:00.000Z' });
  expect(waiting).toEqual({
    flow: 'Flow',
    step_id: 'w',
    type: 'wait',
    reason: 'time',
    subject: null,
    until: '2026-03-01T10:05:00.000Z',
  });
  expect(coverage.never.map(({ step_id }) => step_id)).toEqual(['b']);
  expect(coverage.share).toBeCloseTo(2 / 3);
  expect(dialogue[0]).toEqual({
    at: '2026-03-01T10:00:00.000Z',
    from: 'person',
    type: 'text',
    text: '/start',
    media: [],
    buttons: [],
    in_place: false,
  });
});

test('time passes only by the script, and timers fire in order', () => {
  const flow = steps(
    {
      id: 'q',
      type: 'question',
      text: 'Well?',
      reminders: [{ after: { minutes: 10 }, text: 'Still there?' }],
      no_answer: { after: { hours: 1 }, next: 'z' },
    },
    message('b', 'Thanks', { next: 'e' }),
    message('z', 'Too late'),
    { id: 'e', type: 'end' },
  );
  const { dialogue, ended_at } = simulate(flow, ['/start', { wait: { minutes: 9 } }, { wait: 'PT2H' }], {
    starts_at: '2026-01-01T00:00:00.000Z',
  });
  expect(dialogue.map(({ at, text }) => `${at.slice(11, 16)} ${text ?? ''}`)).toEqual([
    '00:00 /start',
    '00:00 Well?',
    '00:10 Still there?',
    '01:00 Too late',
  ]);
  expect(ended_at).toBe('2026-01-01T02:09:00.000Z');
});

test('simulated actions and servers respond immediately; an error that they throw fails the step', () => {
  const flow = steps(
    { id: 'h', type: 'http', url: 'https://example.com/', save_to: 'all', next: 'a' },
    { id: 'a', type: 'action', action: 'charge', on_error: 'sorry', next: 'ok' },
    message('ok', 'ok', { next: 'x' }),
    message('sorry', 'sorry'),
    { id: 'x', type: 'end' },
  );
  const http = (): { status: number; body: string } => ({ status: 200, body: 'yes' });
  expect(said(simulate(flow, ['/start'], { http, actions: { charge: () => null } })).at(-1)).toBe('ok');
  const failed = simulate(flow, ['/start'], {
    http,
    actions: {
      charge: () => {
        throw new Error('no money');
      },
    },
  });
  expect(said(failed).at(-1)).toBe('sorry');
  expect(failed.problems).toMatchObject([
    { kind: 'step_failed', step_id: 'a', message: expect.stringContaining('no money') },
  ]);
});

test('the content of a message is in its line', () => {
  const upload = 'upload:00000000-0000-4000-8000-000000000001';
  const flow = steps(
    { id: 'a', type: 'message', photo: upload, text: 'Look' },
    {
      id: 'b',
      type: 'message',
      album: [
        { type: 'photo', media: upload },
        { type: 'photo', media: 'https://example.com/1.png' },
      ],
    },
    { id: 'c', type: 'message', document: upload, edit: true },
    { id: 'd', type: 'message', dice: '🎲' },
    message('e', 'text'),
  );
  const { dialogue, problems } = simulate(flow, ['/start']);
  expect(dialogue.slice(1).map(({ type, text, media }) => [type, text, media])).toEqual([
    ['photo', 'Look', [upload]],
    ['album', null, [upload, 'https://example.com/1.png']],
    ['document', null, [upload]],
    ['dice', null, []],
    ['text', 'text', []],
  ]);
  expect(problems).toEqual([]);
});

test('a person sends a contact, a location, media', () => {
  const ask = (input: string): object =>
    steps(
      { id: 'q', type: 'question', text: '?', input },
      message('b', 'got {{ q.phone_number }}{{ q.latitude }}{{ q.file_id }}'),
    );
  expect(said(simulate(ask('contact'), ['/start', { contact: { phone_number: '+49' } }])).at(-1)).toBe('got +49');
  expect(said(simulate(ask('location'), ['/start', { location: { latitude: 1, longitude: 2 } }])).at(-1)).toBe('got 1');
  expect(said(simulate(ask('photo'), ['/start', { media: 'photo', caption: 'me' }])).at(-1)).toMatch(/^got file-/);
});

describe('keys and buttons', () => {
  test('a key of a reply keyboard sends its label; a share key sends the contact', () => {
    const flow = steps(
      { id: 'q', type: 'question', text: 'Phone?', input: 'phone', button: 'Share' },
      message('b', '{{ q }}'),
    );
    expect(said(simulate(flow, ['/start', { press: 'Share' }], { person: { phone: '+491234567890' } })).at(-1)).toBe(
      '+491234567890',
    );
  });

  test('an edited message has its new buttons', () => {
    const flow = {
      type: 'menu',
      text: 'Pick',
      edit: true,
      rows_per_page: 1,
      buttons: [
        { text: 'A', response: 'a' },
        { text: 'B', response: 'b' },
      ],
    };
    const first = simulate(flow, ['/start']);
    const forward = first.dialogue.at(-1)?.buttons.flat().at(-1) ?? '';
    const result = simulate(flow, ['/start', { press: forward }, { press: 'B' }]);
    expect(result.problems).toEqual([]);
    expect(said(result)).toContain('b');
  });

  test('a button that does not exist is a problem that lists the existing ones', () => {
    const { problems } = simulate({ type: 'menu', text: 'Pick', buttons: [{ text: 'A', response: 'a' }] }, [
      '/start',
      { press: 'B' },
      { http: {} },
    ]);
    expect(problems.map(({ message }) => message)).toEqual([
      'There is no button "B"; the buttons are: A.',
      'No request is waiting for a result.',
    ]);
  });
});

test('an endless chain of requests with immediate responses ends', () => {
  const flow = { version: 1, steps: [{ id: 'h', type: 'http', url: 'https://example.com/', next: 'h' }] };
  const { problems } = simulate(flow, ['/start', '/start'], { http: () => ({}) });
  expect(problems.map(({ message }) => message)).toEqual(['More than 10000 events: the simulation stopped.']);
});

test('the same arguments return the same result', () => {
  for (const { flow, script } of Object.values(DIALOGUE_BY_STEP).filter(({ options }) => options === undefined))
    expect(simulate(flow, script)).toEqual(simulate(flow, script));
});

test('a flow that cannot run reports every problem', () => {
  expect(() => simulate({ steps: [message('a', '{{ x', { next: 'nowhere' })] }, [])).toThrow(
    expect.objectContaining({
      code: 'FLOW_DATA_INVALID',
      message: expect.stringContaining('There is no step "nowhere"') as string,
    }),
  );
});
