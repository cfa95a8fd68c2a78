import { describe, expect, test } from 'vitest';
import { validateFlow } from '../../flow/index.ts';
import type { JsonValue } from '../../model/index.ts';
import type { Outcome } from '../event.ts';
import { dialogue, type Dialogue } from '../fixtures/dialogue.ts';
import { readState } from '../state/read-state.ts';

const AFTER = [
  { id: 'ok', type: 'message', text: 'ok {{ town }}|{{ first }}|{{ all.n }}', next: null },
  { id: 'gone', type: 'message', text: 'gone', next: null },
  { id: 'sorry', type: 'message', text: 'sorry', next: null },
];

function asking(step: object): Dialogue {
  const steps = [
    {
      id: 'h',
      type: 'http',
      url: 'https://example.com/',
      save_to: 'all',
      save: { town: 'address.city', first: 'items.0.name' },
      on_error: 'sorry',
      next: 'ok',
      ...step,
    },
    ...AFTER,
  ];
  const ann = dialogue([{ trigger_command: 'start', flow_data: { variables: { q: 'a&b c' }, steps } }]);
  ann.say('/start');
  return ann;
}

function come(ann: Dialogue, outcome: Outcome): string[] {
  return ann.play({ kind: 'result', token: readState(ann.session).wait?.token ?? '', outcome });
}

const answer = (status: number, body: JsonValue = {}): Outcome => ({ kind: 'ok', value: { status, body } });
const BODY = { n: 5, address: { city: 'Bergen' }, items: [{ name: 'tea' }] };

describe('an http step', () => {
  test('sends a request with rendered templates, and waits', () => {
    const ann = asking({
      method: 'PUT',
      url: 'https://example.com/{{ q }}?a=1',
      query: { b: '{{ q }}' },
      headers: { 'X-Name': '{{ user.first_name }}' },
      json: { q: '{{ q }}', n: 1, who: 'is {{ user.first_name }}' },
      timeout: 5,
      retries: 1,
    });
    const [http, timer] = ann.last.effects;
    expect(http).toEqual({
      kind: 'http',
      token: 'e1',
      retries: 1,
      request: {
        method: 'PUT',
        url: 'https://example.com/a%26b%20c?a=1&b=a%26b%20c',
        headers: { 'content-type': 'application/json', 'x-name': 'Ann' },
        body: '{"q":"a&b c","n":1,"who":"is Ann"}',
        timeout: 5_000,
      },
    });
    expect(timer).toMatchObject({ kind: 'timer', purpose: 'wait' });
    expect(readState(ann.session).wait).toMatchObject({ reason: 'http' });
  });

  test('contains secrets by name, and no text of a person counts as one', () => {
    const ann = asking({
      method: 'POST',
      url: ' https://example.com/{{ secrets.KEY }}/{{ q }} ',
      query: { a: '{{ secrets.KEY }}{{ q }}' },
      headers: { 'X-Key': '{{ secrets.KEY }}', 'X-Plain': '{{ user.first_name }}' },
      auth: { type: 'basic', username: '{{ user.first_name }}', password: '{{ secrets.PASS }}' },
      json: { a: ['{{ q }} "{{ secrets.KEY }}"', '{{ q }}'], n: 1 },
    });
    expect(ann.last.effects[0]).toMatchObject({
      request: {
        url: [
          'https://example.com/',
          { secret: 'KEY', as: 'url' },
          '/a%26b%20c?a=',
          { secret: 'KEY', as: 'url' },
          'a%26b%20c',
        ],
        headers: {
          'x-key': [{ secret: 'KEY', as: 'text' }],
          'x-plain': 'Ann',
          authorization: ['Basic ', { base64: ['Ann', ':', { secret: 'PASS', as: 'text' }] }],
        },
        body: ['{"a":["a&b c \\"', { secret: 'KEY', as: 'json' }, '\\"","a&b c"],"n":1}'],
      },
    });
    const injected = dialogue([
      {
        trigger_command: 'start',
        flow_data: {
          steps: [
            { id: 'q', type: 'question', text: 'q' },
            {
              id: 'h',
              type: 'http',
              url: 'https://example.com/',
              query: { a: '{{ q }}' },
              auth: { type: 'query', name: 'k', value: '{{ secrets.K }}' },
            },
          ],
        },
      },
    ]);
    injected.say('/start');
    injected.say('{{ secrets.KEY }}');
    expect(injected.last.effects[0]).toMatchObject({
      request: { url: ['https://example.com/?a=%7B%7B%20secrets.KEY%20%7D%7D&k=', { secret: 'K', as: 'url' }] },
    });
  });

  test('sends a form', () => {
    const [http] = asking({ method: 'POST', form: { a: '{{ q }}', 'b c': 'ä' } }).last.effects;
    expect(http).toMatchObject({
      request: { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'a=a%26b%20c&b%20c=%C3%A4' },
    });
  });

  test('stores parts of the response, and continues', () => {
    expect(come(asking({}), answer(200, BODY))).toEqual(['ok Bergen|tea|5']);
    expect(come(asking({}), answer(200, 'a text'))).toEqual(['ok ||']);
  });

  test('a response that arrives twice, or late, counts once', () => {
    const ann = asking({});
    const late = {
      kind: 'result',
      token: readState(ann.session).wait?.token ?? '',
      outcome: answer(200, BODY),
    } as const;
    expect(ann.play(late)).toHaveLength(1);
    expect(ann.play(late)).toEqual([]);
  });

  test.each([
    [{}, answer(404), 'sorry'],
    [{}, answer(302), 'sorry'],
    [{}, { kind: 'failed', code: 'TIMED_OUT', message: 'x' } as const, 'sorry'],
    [{ statuses: [{ is: '404', next: 'gone' }] }, answer(404), 'gone'],
    [{ statuses: [{ is: '4xx', next: 'gone' }] }, answer(422), 'gone'],
    [{ statuses: [{ is: '4xx', next: 'gone' }] }, answer(500), 'sorry'],
    [{ statuses: [{ is: '4xx', next: 'gone' }] }, answer(201), 'ok ||'],
  ])('%j: %j leads to %s', (step, outcome, said) => {
    expect(come(asking(step), outcome)).toEqual([said]);
  });

  test('no response: continues at the error branch after the timeout', () => {
    const ann = asking({});
    expect(
      ann.play({ kind: 'timer', token: readState(ann.session).wait?.token ?? '', purpose: 'wait', number: 0 }),
    ).toEqual(['sorry']);
  });

  test('a response larger than the limit of variables fails with a reason', () => {
    const ann = asking({});
    come(ann, answer(200, 'x'.repeat(300_000)));
    expect(ann.last.trace.map(({ kind }) => kind)).toContain('budget_exceeded');
    expect(ann.session.step_id).toBeNull();
  });

  test.each([
    [{ url: 'file:///etc/passwd' }, 'url_scheme'],
    [{ url: 'example' }, 'url_invalid'],
    [{ method: 'POST', json: 1, form: {} }, 'body_ambiguous'],
    [{ json: 1 }, 'body_ambiguous'],
    [{ save: { town: 'a..b' } }, 'wrong_format'],
    [{ save_to: 'user' }, 'name_reserved'],
    [{ statuses: [{ is: '404', next: 'nowhere' }] }, 'dangling_step'],
    [{ statuses: [{ is: '999', next: null }] }, 'wrong_format'],
    [{ method: 'TRACE' }, 'wrong_value'],
    [{ retries: 100 }, 'too_big'],
    [{ timeout: 60 }, 'too_big'],
    [{ headers: { a: '{{ nmae }}' } }, 'unknown_variable'],
  ])('%j is refused: %s', (step, code) => {
    const steps = [{ id: 'h', type: 'http', url: 'https://example.com/', ...step }];
    expect(validateFlow({ steps }).map((problem) => problem.code)).toContain(code);
  });
});

describe('an action step', () => {
  const flow = (step: object) => ({
    steps: [
      {
        id: 'a',
        type: 'action',
        action: 'charge',
        input: { amount: '{{ total }}' },
        save_to: 'receipt',
        on_error: 'sorry',
        ...step,
      },
      { id: 'done', type: 'message', text: 'No. {{ receipt.number }}', next: null },
      AFTER[2],
    ],
    variables: { total: 12 },
  });

  test('requests the action with its input, stores the result, and continues', () => {
    const ann = dialogue([{ trigger_command: 'start', flow_data: flow({}) }]);
    ann.say('/start');
    expect(ann.last.effects[0]).toEqual({ kind: 'action', token: 'e1', action: 'charge', input: { amount: 12 } });
    expect(readState(ann.session).wait).toMatchObject({ reason: 'action' });
    expect(come(ann, { kind: 'ok', value: { number: 7 } })).toEqual(['No. 7']);
  });

  test('an error continues at the error branch', () => {
    const ann = dialogue([{ trigger_command: 'start', flow_data: flow({}) }]);
    ann.say('/start');
    expect(come(ann, { kind: 'failed', code: 'ACTION_FAILED', message: 'no money' })).toEqual(['sorry']);
    expect(ann.last.trace).toContainEqual({ kind: 'step_failed', step_id: 'a', detail: 'ACTION_FAILED: no money' });
  });

  test('an action that the host does not define is rejected, with a suggestion', () => {
    expect(validateFlow(flow({}), { flows: [], actions: new Set(['charge']) })).toEqual([]);
    expect(validateFlow(flow({ action: 'chrage' }), { flows: [], actions: new Set(['charge']) })).toMatchObject([
      { path: '/steps/0/action', code: 'unknown_action', hint: 'Did you mean "charge"?' },
    ]);
  });
});
