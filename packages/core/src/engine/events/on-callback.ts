import { decodeCallback, findFlow, type BotProgram, type ButtonPlace, type CompiledStep } from '../../flow/index.ts';
import type { EventResult } from '../advance-result.ts';
import type { Effect } from '../effect.ts';
import type { EventContext } from '../event-context.ts';
import type { EventOf } from '../event.ts';
import { enterFlow } from '../run/calls/enter-flow.ts';
import { interrupt } from '../run/interrupt.ts';
import { applyTransition, attempt, FAILED, finishRun, runSteps, showStepAgain } from '../run/run-steps.ts';
import { addTrace, createRun, resumeRun, startRun, type Run } from '../run/run.ts';
import { findCurrentStep } from '../state/current-step.ts';
import { IDLE_STATE, NO_STACK, type SessionState } from '../state/session-state.ts';
import type { PressResult } from '../steps/step-behavior.ts';
import { behaviorOf } from '../steps/step-behaviors.ts';
import { HANDED_OVER_TEXT, STALE_BUTTON_TEXT } from '../texts.ts';
import { matchCallbackTrigger } from '../triggers/match-trigger.ts';
import type { EventHandler } from './event-handler.ts';
import { findHandover } from './find-handover.ts';
import { unchanged } from './resume.ts';

/**
 * Handles a button press. A button works wherever the session is, as long as its version exists. A press without an
 * effect is answered, and the current step is shown again.
 */
export const onCallback: EventHandler<'callback'> = (context) => {
  const { program, session, event } = context;
  if (findHandover(program, session) !== null) {
    const answer: Effect = {
      kind: 'answer_callback',
      query_id: event.query_id,
      text: HANDED_OVER_TEXT,
      show_alert: false,
    };
    return { ...unchanged(session, 'held', session.step_id), effects: [answer] };
  }
  const place = findButton(program, event.data);
  const step = place?.version.program.list[place.step];
  if (place === null || step === undefined) return startByData(context) ?? answerStalePress(context);
  const behavior = behaviorOf(step);
  const run = createRunForButton(place, step, context);
  const pressed = attempt(
    run,
    step.id,
    () => behavior.press?.(step, place.button, run, event, place.detail) ?? NO_BUTTON,
  );
  if (pressed !== FAILED && pressed.kind === 'stale') return answerStalePress(context);
  ensureAnswered(run.effects, event);
  if (run.exceeded_limit !== null) addTrace(run, 'budget_exceeded', step.id, run.exceeded_limit);
  // The session may be at another step, so a failure here does not move it.
  if (pressed === FAILED || run.exceeded_limit !== null) return finishRun(run, session);
  switch (pressed.kind) {
    case 'stay':
      return finishRun(run, session);
    case 'move':
      return applyTransition(run, step, pressed.transition);
    case 'go':
      return runSteps(run, pressed.to);
    case 'start':
      return startReferencedFlow(run, pressed.flow);
  }
};

type CallbackContext = EventContext<EventOf<'callback'>>;

const NO_BUTTON: PressResult = { kind: 'stale' };

/**
 * Starts the flow whose trigger has this button data, for buttons that no flow created, such as those sent by the host.
 * Returns null if no flow has it.
 */
function startByData(context: CallbackContext): EventResult | null {
  const { program, event } = context;
  const version = matchCallbackTrigger(program, event.data);
  if (version === null) return null;
  const run = startRun(context, version);
  interrupt(run, context);
  ensureAnswered(run.effects, event);
  addTrace(run, 'flow_started', null, 'callback');
  return runSteps(run, version.program.initial);
}

function findButton(program: BotProgram, data: string): ButtonPlace | null {
  const address = decodeCallback(data);
  if (address === null) return program.callbacks.get(data) ?? null;
  const version = program.versions.get(address.version_id);
  return version === undefined ? null : { version, step: address.step, button: address.button, detail: address.detail };
}

/**
 * Returns a run for the button. Within one flow, the answers so far and the calling flows are preserved. A
 * button of a flow that called this one returns there; a button of another flow starts that flow. A move away from the
 * waiting step leaves its loops.
 */
function createRunForButton(place: ButtonPlace, step: CompiledStep, context: EventContext): Run {
  const { version } = place;
  const { program, session } = context;
  const current = findCurrentStep(program, session);
  if (current === null) return startRun(context, version);
  const { stack, interrupted } = session;
  if (current.version.flow_id === version.flow_id) {
    const staysInLoops = current.step.id === step.id || stack.rounds.length === 0;
    return createRun(context, { version, stack: staysInLoops ? stack : { ...stack, rounds: [] } });
  }
  // A press of a button of the interrupted flow returns to that flow.
  if (interrupted !== null && flowIdsOf(program, interrupted).includes(version.flow_id))
    return createRunForButton(place, step, { ...context, session: interrupted });
  const caller = stack.frames.findLastIndex(
    (frame) => program.versions.get(frame.flow_version_id)?.flow_id === version.flow_id,
  );
  const frame = stack.frames[caller];
  if (frame === undefined) return startRun(context, version);
  const frames = stack.frames.slice(0, caller);
  return createRun(context, { version, variables: frame.variables, stack: { rounds: [], frames } });
}

/** IDs of the session's flow, and of those that called it. */
function flowIdsOf(program: BotProgram, session: SessionState): (string | undefined)[] {
  return [session.flow_version_id, ...session.stack.frames.map((frame) => frame.flow_version_id)].map((id) =>
    id === null ? undefined : program.versions.get(id)?.flow_id,
  );
}

function startReferencedFlow(run: Run, reference: string): EventResult {
  const version = findFlow(run.program, reference);
  if (version === null) {
    addTrace(run, 'flow_missing', null, reference);
    const [answer] = run.effects;
    if (answer?.kind === 'answer_callback' && answer.text === null)
      run.effects[0] = { ...answer, text: STALE_BUTTON_TEXT };
    return finishRun(run, run.session);
  }
  // One event, one budget: the messages of the button already count.
  run.stack = NO_STACK;
  return runSteps(run, enterFlow(run, version, 'button'));
}

function answerStalePress(context: CallbackContext): EventResult {
  const { program, session, event } = context;
  const answer: Effect = {
    kind: 'answer_callback',
    query_id: event.query_id,
    text: STALE_BUTTON_TEXT,
    show_alert: false,
  };
  const current = findCurrentStep(program, session);
  if (current === null) {
    const isVersionGone = session.flow_version_id !== null;
    return {
      session: isVersionGone ? IDLE_STATE : session,
      effects: [answer],
      answers: [],
      trace: [{ kind: 'button_stale', step_id: null, detail: null }],
    };
  }
  const { step, version } = current;
  const run = resumeRun(context, version);
  run.effects.push(answer);
  addTrace(run, 'button_stale', step.id);
  return applyTransition(
    run,
    step,
    attempt(run, step.id, () => showStepAgain(step, run)),
  );
}

/** Answers the callback query unless that was done, also after a failed step: Telegram shows a spinner until then. */
function ensureAnswered(effects: Effect[], event: EventOf<'callback'>): void {
  if (effects[0]?.kind === 'answer_callback') return;
  effects.unshift({ kind: 'answer_callback', query_id: event.query_id, text: null, show_alert: false });
}
