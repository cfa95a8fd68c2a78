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
import { WAIT, type Move } from '../steps/step-behaviour.ts';
import { behaviourOf } from '../steps/step-behaviours.ts';
import { comeBack } from './calls/come-back.ts';
import { enterFlow } from './calls/enter-flow.ts';
import { leaveFlow } from './calls/leave-flow.ts';
import { note, resumeRun, type Run } from './run.ts';

/**
 * Runs steps until one waits or the flow ends.
 *
 * @param from - the step to enter; null: the flow has ended
 * @param rest - the session if the flow ends without waiting, or fails
 */
export function walk(run: Run, from: string | null, rest: SessionState = IDLE_STATE): EventResult {
  // The reply keyboard of the question that is being left has to be removed.
  if (run.session.step_state.keys === true) run.closes_keyboard = true;
  let at = from;
  for (;;) {
    if (at === null) {
      const back = comeBack(run);
      if (back === null) break;
      at = back.to;
      continue;
    }
    const step = run.version.program.steps.get(at);
    if (run.steps >= ENGINE_LIMITS.steps) run.exhausted = `more than ${ENGINE_LIMITS.steps} steps`;
    if (elapsed(run) > run.time) run.exhausted = `more than ${run.time} ms`;
    if (step === undefined || run.exhausted !== null) {
      const instead = recover(run, at, step === undefined ? 'the step does not exist' : null);
      if (instead === null) return giveUp(run, rest);
      at = instead;
      continue;
    }
    run.steps += 1;
    run.trace.push({ kind: 'step_entered', step_id: step.id, detail: null, version_id: run.version.id });
    run.wait = null;
    run.step_state = NO_STEP_STATE;
    const move = attempt(run, step.id, () => behaviourOf(step).enter(step, run));
    if (move === FAILED || isSpent(run)) {
      const instead = recover(run, step.id);
      if (instead === null) return giveUp(run, rest);
      at = instead;
      continue;
    }
    if (move === WAIT) return finish(run, standAt(run, step));
    at = move;
  }
  note(run, 'flow_ended', null);
  // An aside that ends immediately has interrupted nothing.
  return rest === IDLE_STATE && run.interrupted !== null ? showInterrupted(run, run.interrupted) : finish(run, rest);
}

/**
 * Continues at the step at which a trigger interrupted another flow. What that step waits for outside is still on its
 * way.
 */
function showInterrupted(run: Run, interrupted: InterruptedState): EventResult {
  run.interrupted = null;
  const standing = findCurrentStep(run.program, interrupted);
  if (standing === null) {
    note(run, 'version_gone', interrupted.step_id);
    return finish(run, IDLE_STATE);
  }
  const { step, version } = standing;
  const { variables, stack, origin, wait, step_state } = resumeRun({ ...run, session: interrupted }, version);
  run.version = version;
  run.variables = variables;
  run.stack = stack;
  run.origin = origin;
  run.wait = wait;
  run.step_state = step_state;
  run.scope = null;
  note(run, 'flow_resumed', step.id);
  return proceed(
    run,
    step,
    attempt(run, step.id, () => showAgain(step, run)),
  );
}

/** Shows a step again to a person who is at it. */
export function showAgain(step: CompiledStep, run: Run): Move {
  const behaviour = behaviourOf(step);
  return behaviour.show === undefined ? behaviour.enter(step, run) : behaviour.show(step, run);
}

/** Applies what the step that the session waits at has returned. */
export function proceed(run: Run, step: CompiledStep, move: Move | typeof FAILED): EventResult {
  if (move === FAILED || run.exhausted !== null) {
    const instead = recover(run, step.id);
    return instead === null ? giveUp(run, IDLE_STATE) : walk(run, instead);
  }
  return move === WAIT ? finish(run, standAt(run, step)) : walk(run, move);
}

/** Returned in place of a result by a step that threw. */
export const FAILED: unique symbol = Symbol('failed');

/** Runs a part of a step. An error is added to the trace and never leaves the session unable to continue. */
export function attempt<Result>(run: Run, step_id: string, action: () => Result): Result | typeof FAILED {
  try {
    return action();
  } catch (error) {
    note(run, 'step_failed', step_id, error instanceof Error ? error.message : 'unknown');
    return FAILED;
  }
}

/**
 * Ends the run after a failure without an error branch or error flow. Nothing more is sent. An aside leaves the session
 * where it was; a flow that this one had interrupted continues.
 */
function giveUp(run: Run, rest: SessionState): EventResult {
  const { interrupted, program } = run;
  if (rest !== IDLE_STATE) return finish(run, rest);
  return finish(run, interrupted !== null && findCurrentStep(program, interrupted) !== null ? interrupted : IDLE_STATE);
}

export function finish(run: Run, session: SessionState): EventResult {
  return { session, effects: run.effects, answers: run.answers, trace: run.trace };
}

/** Returns the session waiting at a step: the object that was passed in when it already waits there and nothing has changed. */
function standAt(run: Run, step: CompiledStep): SessionState {
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

function elapsed({ env }: Run): number {
  return env.elapsed === undefined ? 0 : env.elapsed();
}

/** True if a step has used up the budget of the event. */
function isSpent(run: Run): boolean {
  return run.exhausted !== null;
}

/**
 * Returns where to continue after a failure or an exceeded budget: the error branch, the bot's error flow, or nowhere
 * (null).
 */
function recover(run: Run, step_id: string, reason: string | null = null): string | null {
  if (reason !== null) note(run, 'step_failed', step_id, reason);
  if (run.exhausted === null) {
    const branch = errorBranch(run, step_id);
    if (branch !== null) return branch;
  } else note(run, 'budget_exceeded', step_id, run.exhausted);
  const { error_version } = run.program;
  if (run.has_failed || error_version === null || error_version.flow_id === run.version.flow_id) return null;
  run.has_failed = true;
  run.exhausted = null;
  // A small budget remains for the bot to say that something went wrong.
  run.steps = Math.min(run.steps, ENGINE_LIMITS.steps - ENGINE_LIMITS.error_steps);
  run.sends = Math.min(run.sends, ENGINE_LIMITS.sends - ENGINE_LIMITS.error_sends);
  run.time = Math.max(run.time, Math.ceil(elapsed(run)) + ENGINE_LIMITS.error_time);
  run.stack = NO_STACK;
  return enterFlow(run, error_version, 'error');
}

/** Returns the error branch of the step, or that of a step that called its flow. */
function errorBranch(run: Run, failed: string): string | null {
  for (let step_id = failed; ;) {
    const branch = run.version.program.on_error.get(step_id);
    if (branch !== undefined) {
      note(run, 'error_branch', step_id, branch);
      return branch;
    }
    const caller = leaveFlow(run);
    if (caller === null) return null;
    step_id = caller.id;
  }
}
