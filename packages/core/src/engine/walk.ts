import type { CompiledStep } from '../flow/index.ts';
import type { Advance } from './advance.ts';
import { ENGINE_LIMITS } from './limits.ts';
import { note, type Run } from './run.ts';
import { IDLE_SESSION, type Session } from './session.ts';
import { behaviourOf } from './steps/step-behaviours.ts';
import { WAIT, type Move } from './steps/step-behaviour.ts';
import { waitOf } from './wait.ts';

/**
 * Walks from a step until one waits or the flow ends.
 *
 * @param from - the step to enter; null: the flow is at its end
 * @param rest - the session where the flow ends without waiting
 */
export function walk(run: Run, from: string | null, rest: Session = IDLE_SESSION): Advance {
  let at = from;
  while (at !== null) {
    const step = run.version.program.steps.get(at);
    if (step === undefined) return fail(run, at, 'the step does not exist');
    if (run.steps >= ENGINE_LIMITS.steps) return exceed(run, at, `more than ${ENGINE_LIMITS.steps} steps`);
    run.steps += 1;
    note(run, 'step_entered', step.id);
    run.wait = null;
    const move = attempt(run, step.id, () => behaviourOf(step).enter(step, run));
    if (move === FAILED) return finish(run, IDLE_SESSION);
    if (run.exhausted !== null) return exceed(run, step.id, run.exhausted);
    if (move === WAIT) return finish(run, standAt(run, step));
    at = move;
  }
  note(run, 'flow_ended', null);
  return finish(run, rest);
}

/** Goes where a step that the session stood at has decided. */
export function proceed(run: Run, step: CompiledStep, move: Move | typeof FAILED): Advance {
  if (move === FAILED) return finish(run, IDLE_SESSION);
  if (run.exhausted !== null) return exceed(run, step.id, run.exhausted);
  return move === WAIT ? finish(run, standAt(run, step)) : walk(run, move);
}

/** What a step gives in place of a result when it threw. */
export const FAILED: unique symbol = Symbol('failed');

/** Carries out a part of a step; whatever it throws ends the flow, visibly, and never leaves the session where it cannot go on. */
export function attempt<Result>(run: Run, step_id: string, action: () => Result): Result | typeof FAILED {
  try {
    return action();
  } catch (error) {
    note(run, 'step_failed', step_id, error instanceof Error ? error.message : 'unknown');
    return FAILED;
  }
}

export function finish(run: Run, session: Session): Advance {
  return { session, effects: run.effects, answers: run.answers, trace: run.trace };
}

/** The session waiting at a step; the one that was given when it waits there already and nothing has changed. */
function standAt(run: Run, step: CompiledStep): Session {
  const { session, version, variables, wait } = run;
  const isSame = session.flow_version_id === version.id && session.step_id === step.id;
  if (isSame && session.state.variables === variables && waitOf(session) === wait) return session;
  return { flow_version_id: version.id, step_id: step.id, state: wait === null ? { variables } : { variables, wait } };
}

function exceed(run: Run, step_id: string, reason: string): Advance {
  note(run, 'budget_exceeded', step_id, reason);
  return finish(run, IDLE_SESSION);
}

function fail(run: Run, step_id: string, reason: string): Advance {
  note(run, 'step_failed', step_id, reason);
  return finish(run, IDLE_SESSION);
}
