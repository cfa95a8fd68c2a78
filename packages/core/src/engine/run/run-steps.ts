import type { CompiledStep } from '../../flow/index.ts';
import type { EventResult } from '../advance-result.ts';
import { ENGINE_LIMITS } from '../limits.ts';
import { findCurrentStep } from '../state/current-step.ts';
import {
  IDLE_STATE,
  NO_EVENT_TIMES,
  NO_STACK,
  NO_STEP_STATE,
  type InterruptedState,
  type SessionState,
} from '../state/session-state.ts';
import { WAIT, type Transition } from '../steps/step-behavior.ts';
import { behaviorOf } from '../steps/step-behaviors.ts';
import { enterFlow } from './calls/enter-flow.ts';
import { popFrame } from './calls/pop-frame.ts';
import { popStack } from './calls/pop-stack.ts';
import { addTrace, resumeRun, type Run } from './run.ts';

/**
 * Runs steps until one waits or the flow ends.
 *
 * @param from - the step to enter; null: the flow has ended
 * @param sessionAtEnd - the session if the flow ends without waiting, or fails
 */
export function runSteps(run: Run, from: string | null, sessionAtEnd: SessionState = IDLE_STATE): EventResult {
  // The reply keyboard of the question that is being left has to be removed.
  if (run.session.step_state.keys === true) run.must_remove_keyboard = true;
  let at = from;
  for (;;) {
    if (at === null) {
      const back = popStack(run);
      if (back === null) break;
      at = back.to;
      continue;
    }
    const step = run.version.program.steps.get(at);
    if (run.step_count >= ENGINE_LIMITS.steps) run.exceeded_limit = `more than ${ENGINE_LIMITS.steps} steps`;
    if (elapsedMs(run) > run.time_limit_ms) run.exceeded_limit = `more than ${run.time_limit_ms} ms`;
    if (step === undefined || run.exceeded_limit !== null) {
      const errorTarget = recoverFromFailure(run, at, step === undefined ? 'the step does not exist' : null);
      if (errorTarget === null) return failRun(run, sessionAtEnd);
      at = errorTarget;
      continue;
    }
    run.step_count += 1;
    run.trace.push({ kind: 'step_entered', step_id: step.id, detail: null, version_id: run.version.id });
    run.wait = null;
    run.step_state = NO_STEP_STATE;
    const move = attempt(run, step.id, () => behaviorOf(step).enter(step, run));
    if (move === FAILED || isBudgetExceeded(run)) {
      const errorTarget = recoverFromFailure(run, step.id);
      if (errorTarget === null) return failRun(run, sessionAtEnd);
      at = errorTarget;
      continue;
    }
    if (move === WAIT) return finishRun(run, waitAtStep(run, step));
    at = move;
  }
  addTrace(run, 'flow_ended', null);
  // A side flow that ends immediately has interrupted nothing.
  return sessionAtEnd === IDLE_STATE && run.interrupted !== null
    ? resumeInterrupted(run, run.interrupted)
    : finishRun(run, sessionAtEnd);
}

/**
 * Continues at the step at which a trigger interrupted another flow. The result or
 * timer that this step waits for may still arrive.
 */
function resumeInterrupted(run: Run, interrupted: InterruptedState): EventResult {
  run.interrupted = null;
  const current = findCurrentStep(run.program, interrupted);
  if (current === null) {
    addTrace(run, 'version_gone', interrupted.step_id);
    return finishRun(run, IDLE_STATE);
  }
  const { step, version } = current;
  const { variables, stack, origin, wait, step_state } = resumeRun({ ...run, session: interrupted }, version);
  run.version = version;
  run.variables = variables;
  run.stack = stack;
  run.origin = origin;
  run.wait = wait;
  run.step_state = step_state;
  run.scope = null;
  addTrace(run, 'flow_resumed', step.id);
  return applyTransition(
    run,
    step,
    attempt(run, step.id, () => showStepAgain(step, run)),
  );
}

/** Shows a step again to a person who is at it. */
export function showStepAgain(step: CompiledStep, run: Run): Transition {
  const behavior = behaviorOf(step);
  return behavior.show === undefined ? behavior.enter(step, run) : behavior.show(step, run);
}

/** Applies what the step that the session waits at has returned. */
export function applyTransition(run: Run, step: CompiledStep, move: Transition | typeof FAILED): EventResult {
  if (move === FAILED || run.exceeded_limit !== null) {
    const errorTarget = recoverFromFailure(run, step.id);
    return errorTarget === null ? failRun(run, IDLE_STATE) : runSteps(run, errorTarget);
  }
  return move === WAIT ? finishRun(run, waitAtStep(run, step)) : runSteps(run, move);
}

/** Returned in place of a result by a step that threw. */
export const FAILED: unique symbol = Symbol('failed');

/** Runs a part of a step. An error is added to the trace and never leaves the session unable to continue. */
export function attempt<Result>(run: Run, step_id: string, action: () => Result): Result | typeof FAILED {
  try {
    return action();
  } catch (error) {
    addTrace(run, 'step_failed', step_id, error instanceof Error ? error.message : 'unknown');
    return FAILED;
  }
}

/**
 * Ends the run after a failure without an error branch or error flow. Nothing more is sent. A side flow leaves the
 * session where it was; a flow that this one had interrupted continues.
 */
function failRun(run: Run, sessionAtEnd: SessionState): EventResult {
  const { interrupted, program } = run;
  if (sessionAtEnd !== IDLE_STATE) return finishRun(run, sessionAtEnd);
  return finishRun(
    run,
    interrupted !== null && findCurrentStep(program, interrupted) !== null ? interrupted : IDLE_STATE,
  );
}

export function finishRun(run: Run, session: SessionState): EventResult {
  return { session, effects: run.effects, answers: run.answers, trace: run.trace };
}

/**
 * Returns the session waiting at a step: the object that was passed in when it already waits there and nothing has
 * changed.
 */
function waitAtStep(run: Run, step: CompiledStep): SessionState {
  const { session, version, variables, stack, wait, step_state, origin, interrupted } = run;
  const isUnchanged =
    session.flow_version_id === version.id &&
    session.step_id === step.id &&
    session.variables === variables &&
    session.stack === stack &&
    session.wait === wait &&
    session.step_state === step_state &&
    session.origin === origin &&
    session.interrupted === interrupted;
  if (isUnchanged) return session;
  return {
    flow_version_id: version.id,
    step_id: step.id,
    variables,
    stack,
    wait,
    step_state,
    origin,
    interrupted,
    chat_event_times: NO_EVENT_TIMES,
  };
}

function elapsedMs({ env }: Run): number {
  return env.elapsed === undefined ? 0 : env.elapsed();
}

/** True if a step has used up the budget of the event. */
function isBudgetExceeded(run: Run): boolean {
  return run.exceeded_limit !== null;
}

/**
 * Returns the step to continue at after a failure or an exceeded budget: the error branch (only after a failure), else
 * the first step of the bot's error flow, else null.
 */
function recoverFromFailure(run: Run, step_id: string, reason: string | null = null): string | null {
  if (reason !== null) addTrace(run, 'step_failed', step_id, reason);
  if (run.exceeded_limit === null) {
    const branch = errorBranch(run, step_id);
    if (branch !== null) return branch;
  } else addTrace(run, 'budget_exceeded', step_id, run.exceeded_limit);
  const { error_version } = run.program;
  if (run.is_in_error_flow || error_version === null || error_version.flow_id === run.version.flow_id) return null;
  run.is_in_error_flow = true;
  run.exceeded_limit = null;
  // A small budget remains for the bot to say that something went wrong.
  run.step_count = Math.min(run.step_count, ENGINE_LIMITS.steps - ENGINE_LIMITS.error_steps);
  run.send_count = Math.min(run.send_count, ENGINE_LIMITS.sends - ENGINE_LIMITS.error_sends);
  run.time_limit_ms = Math.max(run.time_limit_ms, Math.ceil(elapsedMs(run)) + ENGINE_LIMITS.error_time_ms);
  run.stack = NO_STACK;
  return enterFlow(run, error_version, 'error');
}

/** Returns the error branch of the step, or that of a step that called its flow. */
function errorBranch(run: Run, failed: string): string | null {
  for (let step_id = failed; ;) {
    const branch = run.version.program.on_error.get(step_id);
    if (branch !== undefined) {
      addTrace(run, 'error_branch', step_id, branch);
      return branch;
    }
    const caller = popFrame(run);
    if (caller === null) return null;
    step_id = caller.id;
  }
}
