import type { CompiledStep } from '../../flow/index.ts';
import type { AdvanceResult } from '../advance-result.ts';
import { ENGINE_LIMITS } from '../limits.ts';
import { findCurrentStep } from '../state/current-step.ts';
import { interruptedOf, interruptedState, type Interrupted } from '../state/interruption.ts';
import { originOf, originState } from '../state/origin.ts';
import { IDLE_SESSION, type Session } from '../state/session.ts';
import { NO_STACK, stackOf, stackState } from '../state/stack.ts';
import { NO_STEP_STATE, stepStateOf } from '../state/step-state.ts';
import { waitOf } from '../state/wait.ts';
import { WAIT, type Move } from '../steps/step-behaviour.ts';
import { behaviourOf } from '../steps/step-behaviours.ts';
import { comeBack } from './calls/come-back.ts';
import { enterFlow } from './calls/enter-flow.ts';
import { leaveFlow } from './calls/leave-flow.ts';
import { note, resumeRun, type Run } from './run.ts';

/**
 * Walks from a step until one waits or the flow ends.
 *
 * @param from - the step to enter; null: the flow is at its end
 * @param rest - the session where the flow ends without waiting, or fails
 */
export function walk(run: Run, from: string | null, rest: Session = IDLE_SESSION): AdvanceResult {
  // What the question that is left has put in place of the person's keyboard goes with it.
  if (stepStateOf(run.session).keys === true) run.closes_keyboard = true;
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
    run.kept = NO_STEP_STATE;
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
  // An aside that ends at once has interrupted nothing.
  return rest === IDLE_SESSION && run.interrupted !== null ? showInterrupted(run, run.interrupted) : finish(run, rest);
}

/** Takes the walk back to the step at which a trigger has interrupted another flow. What that waits for outside is still on its way. */
function showInterrupted(run: Run, interrupted: Interrupted): AdvanceResult {
  run.interrupted = null;
  const standing = findCurrentStep(run.program, interrupted);
  if (standing === null) {
    note(run, 'version_gone', interrupted.step_id);
    return finish(run, IDLE_SESSION);
  }
  const { step, version } = standing;
  const { variables, stack, origin, wait, kept } = resumeRun(run.program, interrupted, run.event, run.env, version);
  run.version = version;
  run.variables = variables;
  run.stack = stack;
  run.origin = origin;
  run.wait = wait;
  run.kept = kept;
  run.scope = null;
  note(run, 'flow_resumed', step.id);
  return proceed(
    run,
    step,
    attempt(run, step.id, () => showAgain(step, run)),
  );
}

/** Shows a step to whom stands at it. */
export function showAgain(step: CompiledStep, run: Run): Move {
  const behaviour = behaviourOf(step);
  return behaviour.show === undefined ? behaviour.enter(step, run) : behaviour.show(step, run);
}

/** Goes where a step that the session stood at has decided. */
export function proceed(run: Run, step: CompiledStep, move: Move | typeof FAILED): AdvanceResult {
  if (move === FAILED || run.exhausted !== null) {
    const instead = recover(run, step.id);
    return instead === null ? giveUp(run, IDLE_SESSION) : walk(run, instead);
  }
  return move === WAIT ? finish(run, standAt(run, step)) : walk(run, move);
}

/** What a step gives in place of a result when it threw. */
export const FAILED: unique symbol = Symbol('failed');

/** Carries out a part of a step; whatever it throws is noted, and never leaves the session where it cannot go on. */
export function attempt<Result>(run: Run, step_id: string, action: () => Result): Result | typeof FAILED {
  try {
    return action();
  } catch (error) {
    note(run, 'step_failed', step_id, error instanceof Error ? error.message : 'unknown');
    return FAILED;
  }
}

/** The flow has failed for good. Nothing more is said; an aside has moved nobody, and what another flow had interrupted is where the person is again. */
function giveUp(run: Run, rest: Session): AdvanceResult {
  const { interrupted, program } = run;
  if (rest !== IDLE_SESSION) return finish(run, rest);
  return finish(
    run,
    interrupted !== null && findCurrentStep(program, interrupted) !== null ? interrupted : IDLE_SESSION,
  );
}

export function finish(run: Run, session: Session): AdvanceResult {
  return { session, effects: run.effects, answers: run.answers, trace: run.trace };
}

/** The session waiting at a step; the one that was given when it waits there already and nothing has changed. */
function standAt(run: Run, step: CompiledStep): Session {
  const { session, version, variables, wait, kept, stack, origin, interrupted } = run;
  const isSame = session.flow_version_id === version.id && session.step_id === step.id;
  const isUnchanged =
    session.state.variables === variables &&
    waitOf(session) === wait &&
    stepStateOf(session) === kept &&
    stackOf(session) === stack &&
    originOf(session) === origin &&
    interruptedOf(session) === interrupted;
  if (isSame && isUnchanged) return session;
  const state = {
    variables,
    ...stackState(stack),
    ...originState(origin),
    ...interruptedState(interrupted),
    ...(wait === null ? {} : { wait }),
    ...(kept === NO_STEP_STATE ? {} : { kept }),
  };
  return { flow_version_id: version.id, step_id: step.id, state };
}

function elapsed({ env }: Run): number {
  return env.elapsed === undefined ? 0 : env.elapsed();
}

/** What a step has done may have spent the budget. */
function isSpent(run: Run): boolean {
  return run.exhausted !== null;
}

/** Where the walk goes on after a step has failed or the budget is spent: its error branch, the bot's error flow, or nowhere (null). */
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
  // A little is left for the bot to say that something went wrong.
  run.steps = Math.min(run.steps, ENGINE_LIMITS.steps - ENGINE_LIMITS.error_steps);
  run.sends = Math.min(run.sends, ENGINE_LIMITS.sends - ENGINE_LIMITS.error_sends);
  run.time = Math.max(run.time, Math.ceil(elapsed(run)) + ENGINE_LIMITS.error_time);
  run.stack = NO_STACK;
  return enterFlow(run, error_version, 'error');
}

/** The step's own error branch, or that of a step that called the flow it belongs to. */
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
