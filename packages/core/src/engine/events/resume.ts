import type { CompiledStep } from '../../flow/index.ts';
import type { EventResult } from '../advance-result.ts';
import type { EventContext } from '../event-context.ts';
import type { EngineEvent } from '../event.ts';
import { applyTransition, attempt } from '../run/run-steps.ts';
import { resumeRun, type Run } from '../run/run.ts';
import { findCurrentStep } from '../state/current-step.ts';
import { IDLE_STATE, type SessionState } from '../state/session-state.ts';
import type { Wait } from '../state/wait.ts';
import type { StepBehavior, Transition } from '../steps/step-behavior.ts';
import { behaviorOf } from '../steps/step-behaviors.ts';
import type { TraceKind } from '../trace.ts';

/** Selects the handler of a kind of step for an event from outside; undefined: it does not handle such events. */
type ChooseHandler = (behavior: StepBehavior) => ((step: CompiledStep, run: Run) => Transition) | undefined;

/**
 * Continues from where the session waits.
 *
 * @param token - the visit that the event belongs to; null: any
 */
export function resume(context: EventContext, token: string | null, choose: ChooseHandler): EventResult {
  const { program, session, event } = context;
  const { interrupted } = session;
  if (interrupted !== null && isForInterrupted(interrupted, session, event, token)) {
    // An event that the interrupted flow has waited for ends the interruption.
    const done = resume({ ...context, session: interrupted }, token, choose);
    return done.session === interrupted ? { ...done, session } : done;
  }
  if (token !== null && session.wait?.token !== token) return unchanged(session, 'stale', session.step_id);
  const current = findCurrentStep(program, session);
  if (current === null) {
    // The flow or the step was deleted while the session waited: it cannot continue.
    return session.flow_version_id === null
      ? unchanged(session, 'ignored', null)
      : unchanged(IDLE_STATE, 'version_gone', session.step_id);
  }
  const { step, version } = current;
  const handler = choose(behaviorOf(step));
  if (handler === undefined) return unchanged(session, 'ignored', step.id);
  const run = resumeRun(context, version);
  return applyTransition(
    run,
    step,
    attempt(run, step.id, () => handler(step, run)),
  );
}

/**
 * True if the interrupted flow waits for the event, and the current one does not. A reminder of a question that was
 * left for a moment would be confusing.
 */
function isForInterrupted(
  interrupted: SessionState,
  session: SessionState,
  event: EngineEvent,
  token: string | null,
): boolean {
  if (event.kind === 'timer' && event.purpose === 'reminder') return false;
  return isWaitFor(interrupted.wait, event, token) && !isWaitFor(session.wait, event, token);
}

function isWaitFor(wait: Wait | null, event: EngineEvent, token: string | null): boolean {
  // Only events of the host have no token.
  return event.kind === 'external'
    ? wait?.reason === 'event' && wait.subject === event.name
    : wait !== null && wait.token === token;
}

/** Returns a result without any effect; the trace contains the reason. */
export function unchanged(
  session: SessionState,
  kind: TraceKind,
  step_id: string | null,
  detail: string | null = null,
): EventResult {
  return { session, effects: [], answers: [], trace: [{ kind, step_id, detail }] };
}
