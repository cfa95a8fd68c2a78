import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  buildBotProgram,
  CHAT_EVENTS,
  compileFlow,
  FLOW_LIMITS,
  QUESTION_INPUTS,
  STEP_TYPES,
  TRIGGER_KINDS,
} from '../flow/index.ts';
import type { AdvanceResult } from './advance-result.ts';
import { advance } from './advance.ts';
import type { Effect } from './effect.ts';
import { TIMER_PURPOSES, type EngineEvent, type Outcome } from './event.ts';
import { arbitraryFlow, arbitraryFlows } from './fixtures/arbitrary-flow.ts';
import { sends } from './fixtures/ask-question.ts';
import { ANN, buttonsOf, callback, chatEvent, ENV, photo, publish, start, text } from './fixtures/dialogue.ts';
import { PROPERTY_RUNS } from './fixtures/property-runs.ts';
import { ENGINE_LIMITS } from './limits.ts';
import { readState } from './state/read-state.ts';
import { IDLE_SESSION, type Session } from './state/session.ts';
import { jsonLength } from './values/json-length.ts';

const { numRuns, seed } = PROPERTY_RUNS;

/** Actions of a person; a press selects one of the buttons seen so far. */
const deed = fc.oneof(
  fc
    .constantFrom(
      'hello',
      '3',
      '-1',
      '2,5',
      '1,500',
      '/start',
      '/start 7',
      '/start 7_x',
      '/other a b',
      '/unknown',
      '{{ a }}',
      ' ',
      'skip',
      'A',
      '24/12/2026',
      '10:15',
      '24/12/2026 10:15',
      '⭐⭐',
    )
    .map((words) => ({ kind: 'text' as const, words })),
  fc.string().map((words) => ({ kind: 'text' as const, words })),
  fc.nat(50).map((which) => ({ kind: 'press' as const, which })),
  fc
    .oneof(fc.string(), fc.constantFrom('one', 'two', '~1.0.0', '~2.3.1', '~9.9.9'))
    .map((data) => ({ kind: 'callback' as const, data })),
  fc.constant({ kind: 'photo' as const }),
  fc
    .constantFrom('m2026-10', 'd2026-09-21', 'h2026-09-21-10', 't10-15', 'o0', 'v0-0', 'p1', 'done', 'r2', 'yes')
    .map((detail) => ({ kind: 'callback' as const, data: `~1.0.0:${detail}` })),
  fc.boolean().map((isForThis) => ({ kind: 'payment' as const, isForThis })),
  fc
    .constantFrom<EngineEvent>(
      sends('contact', { contact: { phone_number: '491701234567', first_name: 'Ann', user_id: 7 } }),
      sends('location', { location: { latitude: 1, longitude: 2 } }),
      start('flow-1', { a: 'x', list: [1] }),
      start('flow-3'),
      start('nowhere'),
      chatEvent('joined'),
      chatEvent('joined', { at: ENV.now + 60_000 }),
      ...(['left', 'blocked', 'unblocked', 'bot_added', 'bot_removed'] as const).map((name) => chatEvent(name)),
      chatEvent('join_request', { bio: '{{ a }}' }),
      chatEvent('reaction', { emoji: '👍' }),
      sends('video', { video: { file_id: 'f', file_unique_id: 'u' } }),
    )
    .map((event) => ({ kind: 'event' as const, event })),
  fc
    .constantFrom<EngineEvent>(
      { kind: 'external', name: 'paid', data: { x: ['🙂', 2], long: 'long '.repeat(9_000) } },
      { kind: 'external', name: 'sent', data: null },
      { kind: 'operator', command: { kind: 'move', step_id: 'c' } },
      { kind: 'operator', command: { kind: 'move', step_id: 'nowhere' } },
      { kind: 'operator', command: { kind: 'reset' } },
      { kind: 'operator', command: { kind: 'end' } },
      { kind: 'operator', command: { kind: 'give_back' } },
    )
    .map((event) => ({ kind: 'event' as const, event })),
  fc
    .constantFrom<Outcome>(
      { kind: 'ok', value: { status: 200, body: { x: ['🙂'] } } },
      { kind: 'ok', value: 'long '.repeat(9_000) },
      { kind: 'ok', value: null },
      { kind: 'failed', code: 'TIMEOUT', message: '{{ a }}' },
    )
    .map((outcome) => ({ kind: 'result' as const, outcome })),
  fc.record({ kind: fc.constant('timer' as const), purpose: fc.constantFrom(...TIMER_PURPOSES), number: fc.nat(3) }),
);

const env = { ...ENV, user: { ...ANN, attributes: { long: '🙂 '.repeat(9000) } } };

function expectSound(result: AdvanceResult, event: EngineEvent): void {
  const sent = result.effects.filter((effect) => effect.kind === 'send');
  expect(sent.length).toBeLessThanOrEqual(ENGINE_LIMITS.sends + ENGINE_LIMITS.error_sends);
  for (const effect of result.effects) {
    const rows = rowsOf(effect);
    expect(rows.flat().length).toBeLessThanOrEqual(FLOW_LIMITS.buttons);
    for (const row of rows) expect(row.length).toBeLessThanOrEqual(FLOW_LIMITS.buttonsInRow);
    for (const { text } of rows.flat()) expect(text.trim()).not.toBe('');
  }
  for (const send of sent) {
    expect(send.text?.trim()).not.toBe('');
    expect((send.text ?? '').length).toBeLessThanOrEqual(FLOW_LIMITS.text);
    for (const [label, data] of buttonsOf(send)) {
      expect(label.trim()).not.toBe('');
      expect(new TextEncoder().encode(data).length).toBeLessThanOrEqual(FLOW_LIMITS.callbackData);
    }
  }
  expect(result.trace.filter(({ kind }) => kind === 'step_entered').length).toBeLessThanOrEqual(
    ENGINE_LIMITS.steps + ENGINE_LIMITS.error_steps,
  );
  expect(jsonLength(result.session.state)).toBeLessThan(ENGINE_LIMITS.variables_length + 10_000);
  const answers = result.effects.flatMap((effect, index) => (effect.kind === 'answer_callback' ? [index] : []));
  expect(answers).toEqual(event.kind === 'callback' ? [0] : []);
  // A session can be stored and read again, and is either at a step or idle.
  expect(JSON.parse(JSON.stringify(result.session))).toEqual(result.session);
  expect(result.session.flow_version_id === null).toBe(result.session.step_id === null);
  // Interruptions do not pile up.
  expect(JSON.stringify(result.session.state).split('"interrupted":{"flow_version_id"').length).toBeLessThanOrEqual(2);
}

describe(`random flows and random events (seed ${seed}, ${numRuns} runs)`, () => {
  // By the number of runs: each takes some milliseconds, more on a busy machine.
  test('never throw, keep to the budget, and a command always leads out', { timeout: 10_000 + numRuns * 100 }, () => {
    fc.assert(
      fc.property(arbitraryFlows, fc.array(deed, { minLength: 1, maxLength: 25 }), (flows, deeds) => {
        // Half of the bots have an error flow.
        const error_flow = flows.length > 2 ? 'flow-2' : undefined;
        const bot = buildBotProgram({ id: 'b', name: 'Bot', username: 'a_bot' }, publish(flows), [], { error_flow });
        expect([...bot.broken.values()]).toEqual([]);
        const seen: string[] = [];
        let session: Session = IDLE_SESSION;
        const play = (event: EngineEvent): AdvanceResult => {
          const result = advance(bot, session, event, env);
          expectSound(result, event);
          for (const effect of result.effects) for (const [, data] of buttonsOf(effect)) seen.push(data);
          session = result.session;
          return result;
        };
        for (const each of deeds) {
          if (each.kind === 'text') play(text(each.words));
          else if (each.kind === 'press') play(callback(seen[each.which % Math.max(1, seen.length)] ?? 'none'));
          else if (each.kind === 'callback') play(callback(each.data));
          else if (each.kind === 'event') play(each.event);
          else if (each.kind === 'timer')
            play({
              kind: 'timer',
              token: readState(session).wait?.token ?? 'none',
              purpose: each.purpose,
              number: each.number,
            });
          else if (each.kind === 'result')
            play({ kind: 'result', token: readState(session).wait?.token ?? 'none', outcome: each.outcome });
          else if (each.kind === 'payment') play(payment(each.isForThis ? session : IDLE_SESSION));
          else play(photo());
        }
        // A command does not end a handover unless the step allows it; but the handover times out, and an operator may
        // end it.
        const standing = bot.versions.get(session.flow_version_id ?? 0)?.program.steps.get(session.step_id ?? '');
        if (standing?.kind === 'handover' && !standing.allows_commands) {
          expect(readState(session).wait?.deadline).toBeGreaterThan(env.now);
          expect(play(text('/other')).effects).toEqual([]);
          play({ kind: 'operator', command: { kind: 'end' } });
        }
        // From every step, a command does the same as from an idle session, except that it removes the reply keyboard
        // of a question, and that times of chat events stay stored.
        const fromHere = play(text('/other'));
        expect(asFromNowhere(fromHere)).toEqual(asFromNowhere(advance(bot, IDLE_SESSION, text('/other'), env)));
      }),
      { numRuns, seed },
    );
  });

  test('compiling is the same for a document and for its JSON', { timeout: 60_000 + numRuns * 20 }, () => {
    fc.assert(
      fc.property(arbitraryFlow, (data) => {
        const shape = (value: unknown): unknown => JSON.parse(JSON.stringify([...compileFlow(value).steps]));
        expect(shape(JSON.parse(JSON.stringify(data)))).toEqual(shape(data));
      }),
      { numRuns, seed },
    );
  });

  // Finds kinds that were added to the lists but to no generator.
  test('they contain every kind of step, input and trigger', () => {
    const made = new Set(['trigger command']);
    for (const flow of fc.sample(arbitraryFlow, { numRuns: 2_000, seed: 1 })) {
      const { steps = [], triggers = [] } = flow as {
        steps?: { type: string; input?: string }[];
        triggers?: { kind: string; event?: string }[];
      }; // as the generators write it
      for (const { type, input = 'text' } of steps)
        made.add(`step ${type}`).add(type === 'question' ? `input ${input}` : '');
      for (const { kind, event } of triggers) made.add(`trigger ${kind}`).add(`event ${event}`);
    }
    const kinds = [
      ...STEP_TYPES.map((type) => `step ${type}`),
      ...QUESTION_INPUTS.map((input) => `input ${input}`),
      ...Object.keys(TRIGGER_KINDS).map((kind) => `trigger ${kind}`),
      ...Object.keys(CHAT_EVENTS).map((name) => `event ${name}`),
    ];
    const missing = kinds.filter((kind) => !made.has(kind));
    expect(missing, 'add them to the generators in packages/core/src/engine/fixtures/arbitrary-*.ts').toEqual([]);
  });

  test('the prototype of objects is unchanged', () => {
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(STEP_TYPES).toContain('question');
  });
});

/** A payment of the invoice that the session waits for, or of another. */
function payment(session: Session): EngineEvent {
  const invoice_payload = `bl1:s:1:0:7:0:7:${readState(session).wait?.token ?? 'none'}`;
  return {
    kind: 'payment',
    currency: 'XTR',
    total_amount: 5,
    invoice_payload,
    telegram_payment_charge_id: 'c',
    provider_payment_charge_id: 'p',
    order_info: { name: 'Ann' },
  };
}

function asFromNowhere(result: AdvanceResult): unknown {
  return JSON.parse(
    JSON.stringify(result, (key, value: unknown) =>
      key === 'told' || (key === 'reply_markup' && isClosing(value)) ? undefined : value,
    ),
  );
}

function isClosing(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'remove_keyboard' in value;
}

/** Rows of the keyboard that an effect shows or edits. */
function rowsOf(effect: Effect): { text: string }[][] {
  if (effect.kind !== 'send' && effect.kind !== 'call') return [];
  const markup = effect.payload.reply_markup as
    { inline_keyboard?: { text: string }[][]; keyboard?: { text: string }[][] } | undefined; // as the engine writes it
  return markup?.inline_keyboard ?? markup?.keyboard ?? [];
}
