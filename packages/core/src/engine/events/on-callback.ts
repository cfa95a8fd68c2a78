import { decodeCallback, findFlow, type BotProgram, type ButtonPlace, type CompiledStep } from '../../flow/index.ts';
import type { EventResult } from '../advance-result.ts';
import type { Effect } from '../effect.ts';
import type { EventContext } from '../event-context.ts';
import type { EventOf } from '../event.ts';
import { enterFlow } from '../run/calls/enter-flow.ts';
import { interrupt } from '../run/interrupt.ts';
import { note, openRun, resumeRun, startRun, type Run } from '../run/run.ts';
import { attempt, FAILED, finish, proceed, showAgain, walk } from '../run/walk.ts';
import { findCurrentStep } from '../state/current-step.ts';
import { IDLE_STATE, NO_STACK, type SessionState } from '../state/session-state.ts';
import type { Press } from '../steps/step-behaviour.ts';
import { behaviourOf } from '../steps/step-behaviours.ts';
import { HANDED_OVER, STALE_BUTTON } from '../texts.ts';
import { findPressed } from '../triggers/find-triggered.ts';
import type { EventHandler } from './event-handler.ts';
import { handedOver } from './handed-over.ts';
import { unmoved } from './resume.ts';

/**
 * Handles a button press. A button works wherever the session is, as long as its version exists. A press without an
 * effect is answered, and the current step is shown again.
 */
export const onCallback: EventHandler<'callback'> = (context) => {
  const { program, session, event } = context;
  if (handedOver(program, session) !== null) {
    const answer: Effect = { kind: 'answer_callback', query_id: event.query_id, text: HANDED_OVER, show_alert: false };
    return { ...unmoved(session, 'held', session.step_id), effects: [answer] };
  }
  const place = findButton(program, event.data);
  const step = place?.version.program.list[place.step];
  if (place === null || step === undefined) return startByData(context) ?? stale(context);
  const behaviour = behaviourOf(step);
  const run = runFor(place, step, context);
  const pressed = attempt(
    run,
    step.id,
    () => behaviour.press?.(step, place.button, run, event, place.detail) ?? NO_BUTTON,
  );
  if (pressed !== FAILED && pressed.kind === 'stale') return stale(context);
  answerAtLeast(run.effects, event);
  if (run.exhausted !== null) note(run, 'budget_exceeded', step.id, run.exhausted);
  // The session may be at another step, so a failure here does not move it.
  if (pressed === FAILED || run.exhausted !== null) return finish(run, session);
  switch (pressed.kind) {
    case 'stay':
      return finish(run, session);
    case 'move':
      return proceed(run, step, pressed.move);
    case 'go':
      return walk(run, pressed.to);
    case 'start':
      return start(run, pressed.flow);
  }
};

type CallbackContext = EventContext<EventOf<'callback'>>;

const NO_BUTTON: Press = { kind: 'stale' };

/**
 * Starts a flow by button data that no flow made, such as that of a button sent by the host's code; null: it starts
 * none.
 */
function startByData(context: CallbackContext): EventResult | null {
  const { program, event } = context;
  const version = findPressed(program, event.data);
  if (version === null) return null;
  const run = startRun(context, version);
  interrupt(run, context);
  answerAtLeast(run.effects, event);
  note(run, 'flow_started', null, 'callback');
  return walk(run, version.program.initial);
}

function findButton(program: BotProgram, data: string): ButtonPlace | null {
  const address = decodeCallback(data);
  if (address === null) return program.callbacks.get(data) ?? null;
  const version = program.versions.get(address.version_id);
  return version === undefined ? null : { version, step: address.step, button: address.button, detail: address.detail };
}

/**
 * Returns a run for the button. Within one flow the answers so far are kept, and so are the flows that called it. A
 * button of a flow that called this one returns there; a button of another flow starts that flow. A move away from the
 * waiting step leaves its loops.
 */
function runFor(place: ButtonPlace, step: CompiledStep, context: EventContext): Run {
  const { version } = place;
  const { program, session } = context;
  const standing = findCurrentStep(program, session);
  if (standing === null) return startRun(context, version);
  const { stack, interrupted } = session;
  if (standing.version.flow_id === version.flow_id) {
    const kept = standing.step.id === step.id || stack.rounds.length === 0 ? stack : { ...stack, rounds: [] };
    return openRun(context, { version, stack: kept });
  }
  // A press of a button of the interrupted flow returns to that flow.
  if (interrupted !== null && flowsOf(program, interrupted).includes(version.flow_id))
    return runFor(place, step, { ...context, session: interrupted });
  const caller = stack.frames.findLastIndex(
    (frame) => program.versions.get(frame.flow_version_id)?.flow_id === version.flow_id,
  );
  const frame = stack.frames[caller];
  if (frame === undefined) return startRun(context, version);
  const frames = stack.frames.slice(0, caller);
  return openRun(context, { version, variables: frame.variables, stack: { rounds: [], frames } });
}

/** Ids of the session's flow, and of those that called it. */
function flowsOf(program: BotProgram, session: SessionState): (string | undefined)[] {
  return [session.flow_version_id, ...session.stack.frames.map((frame) => frame.flow_version_id)].map((id) =>
    id === null ? undefined : program.versions.get(id)?.flow_id,
  );
}

function start(run: Run, reference: string): EventResult {
  const version = findFlow(run.program, reference);
  if (version === null) {
    note(run, 'flow_missing', null, reference);
    const [answer] = run.effects;
    if (answer?.kind === 'answer_callback' && answer.text === null) run.effects[0] = { ...answer, text: STALE_BUTTON };
    return finish(run, run.session);
  }
  // One event, one budget: the messages of the button already count.
  run.stack = NO_STACK;
  return walk(run, enterFlow(run, version, 'button'));
}

function stale(context: CallbackContext): EventResult {
  const { program, session, event } = context;
  const answer: Effect = { kind: 'answer_callback', query_id: event.query_id, text: STALE_BUTTON, show_alert: false };
  const standing = findCurrentStep(program, session);
  if (standing === null) {
    const gone = session.flow_version_id !== null;
    return {
      session: gone ? IDLE_STATE : session,
      effects: [answer],
      answers: [],
      trace: [{ kind: 'button_stale', step_id: null, detail: null }],
    };
  }
  const { step, version } = standing;
  const run = resumeRun(context, version);
  run.effects.push(answer);
  note(run, 'button_stale', step.id);
  return proceed(
    run,
    step,
    attempt(run, step.id, () => showAgain(step, run)),
  );
}

/** Answers the callback query unless that was done, also after a failed step: Telegram shows a spinner until then. */
function answerAtLeast(effects: Effect[], event: EventOf<'callback'>): void {
  if (effects[0]?.kind === 'answer_callback') return;
  effects.unshift({ kind: 'answer_callback', query_id: event.query_id, text: null, show_alert: false });
}
