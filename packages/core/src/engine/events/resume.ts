import type { CompiledStep } from '../../flow/index.ts';
import type { EventResult } from '../advance-result.ts';
import type { EventContext } from '../event-context.ts';
import type { EngineEvent } from '../event.ts';
import { resumeRun, type Run } from '../run/run.ts';
import { attempt, proceed } from '../run/walk.ts';
import { findCurrentStep } from '../state/current-step.ts';
import { IDLE_STATE, type SessionState } from '../state/session-state.ts';
import type { Wait } from '../state/wait.ts';
import type { Move, StepBehaviour } from '../steps/step-behaviour.ts';
import { behaviourOf } from '../steps/step-behaviours.ts';
import type { TraceKind } from '../trace.ts';

/** What a kind of step does about an event from outside; undefined: it knows no such event. */
type Choose = (behaviour: StepBehaviour) => ((step: CompiledStep, run: Run) => Move) | undefined;

/**
 * Goes on from where the session waits.
 *
 * @param token - the visit that the event belongs to; null: whichever there is
 */
export function resume(context: EventContext, token: string | null, choose: Choose): EventResult {
  const { program, session, event } = context;
  const { interrupted } = session;
  if (interrupted !== null && isFor(interrupted, session, event, token)) {
    // What the interrupted flow has waited for ends the interruption.
    const done = resume({ ...context, session: interrupted }, token, choose);
    return done.session === interrupted ? { ...done, session } : done;
  }
  if (token !== null && session.wait?.token !== token) return unmoved(session, 'stale', session.step_id);
  const standing = findCurrentStep(program, session);
  if (standing === null) {
    // The flow or the step was deleted while it waited: there is nothing to go on with.
    return session.flow_version_id === null
      ? unmoved(session, 'ignored', null)
      : unmoved(IDLE_STATE, 'version_gone', session.step_id);
  }
  const { step, version } = standing;
  const act = choose(behaviourOf(step));
  if (act === undefined) return unmoved(session, 'ignored', step.id);
  const run = resumeRun(context, version);
  return proceed(
    run,
    step,
    attempt(run, step.id, () => act(step, run)),
  );
}

/** Whether the interrupted flow waits for the event, and the one that the person is in does not. A reminder of what they have left for a moment would only confuse them. */
function isFor(interrupted: SessionState, session: SessionState, event: EngineEvent, token: string | null): boolean {
  if (event.kind === 'timer' && event.purpose === 'reminder') return false;
  return isWaitFor(interrupted.wait, event, token) && !isWaitFor(session.wait, event, token);
}

function isWaitFor(wait: Wait | null, event: EngineEvent, token: string | null): boolean {
  // Only an event of the host comes without a token.
  return event.kind === 'external'
    ? wait?.reason === 'event' && wait.subject === event.name
    : wait !== null && wait.token === token;
}

/** Nothing happens, and the trace says why. */
export function unmoved(
  session: SessionState,
  kind: TraceKind,
  step_id: string | null,
  detail: string | null = null,
): EventResult {
  return { session, effects: [], answers: [], trace: [{ kind, step_id, detail }] };
}
