import type { BotProgram, CompiledStep } from '../../flow/index.ts';
import type { AdvanceResult } from '../advance-result.ts';
import type { Env } from '../env.ts';
import type { EngineEvent } from '../event.ts';
import { resumeRun, type Run } from '../run/run.ts';
import { attempt, proceed } from '../run/walk.ts';
import { findCurrentStep } from '../state/current-step.ts';
import { interruptedOf } from '../state/interruption.ts';
import { IDLE_SESSION, type Session } from '../state/session.ts';
import { waitOf, type Wait } from '../state/wait.ts';
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
export function resume(
  program: BotProgram,
  session: Session,
  event: EngineEvent,
  env: Env,
  token: string | null,
  choose: Choose,
): AdvanceResult {
  const interrupted = interruptedOf(session);
  if (interrupted !== null && isFor(interrupted, session, event, token)) {
    // What the interrupted flow has waited for ends the interruption.
    const done = resume(program, interrupted, event, env, token, choose);
    return done.session === interrupted ? { ...done, session } : done;
  }
  if (token !== null && waitOf(session)?.token !== token) return unmoved(session, 'stale', session.step_id);
  const standing = findCurrentStep(program, session);
  if (standing === null) {
    // The flow or the step was deleted while it waited: there is nothing to go on with.
    return session.flow_version_id === null
      ? unmoved(session, 'ignored', null)
      : unmoved(IDLE_SESSION, 'version_gone', session.step_id);
  }
  const { step, version } = standing;
  const act = choose(behaviourOf(step));
  if (act === undefined) return unmoved(session, 'ignored', step.id);
  const run = resumeRun(program, session, event, env, version);
  return proceed(
    run,
    step,
    attempt(run, step.id, () => act(step, run)),
  );
}

/** Whether the interrupted flow waits for the event, and the one that the person is in does not. A reminder of what they have left for a moment would only confuse them. */
function isFor(interrupted: Session, session: Session, event: EngineEvent, token: string | null): boolean {
  if (event.kind === 'timer' && event.purpose === 'reminder') return false;
  const [inner, outer] = [waitOf(interrupted), waitOf(session)];
  return isWaitFor(inner, event, token) && !isWaitFor(outer, event, token);
}

function isWaitFor(wait: Wait | null, event: EngineEvent, token: string | null): boolean {
  // Only an event of the host comes without a token.
  return event.kind === 'external'
    ? wait?.reason === 'event' && wait.subject === event.name
    : wait !== null && wait.token === token;
}

/** Nothing happens, and the trace says why. */
export function unmoved(
  session: Session,
  kind: TraceKind,
  step_id: string | null,
  detail: string | null = null,
): AdvanceResult {
  return { session, effects: [], answers: [], trace: [{ kind, step_id, detail }] };
}
