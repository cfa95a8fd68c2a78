import type { EventResult } from '../advance-result.ts';
import type { Run } from '../run/run.ts';
import { findCurrentStep } from '../state/current-step.ts';
import type { SessionState } from '../state/session-state.ts';
import { handedOver } from './handed-over.ts';

/**
 * Keeps a session that waits for a time or for outside work waiting, unless the aside asks something: buttons below a
 * message work wherever the session is. A question has to be answered, so it takes over.
 *
 * @param rest - where the aside leaves the session when it ends immediately
 */
export function keepWaiting(session: SessionState, aside: EventResult, run: Run, rest: SessionState): EventResult {
  if (session.wait === null || aside.session === rest) return aside;
  const step = findCurrentStep(run.program, aside.session)?.step;
  if (step?.kind === 'menu' && step.keyboard === 'inline') return { ...aside, session: rest };
  // A session that an operator has stays with the operator, whatever the aside asks.
  return handedOver(run.program, session) === null ? aside : holdBack(aside, rest);
}

/**
 * Drops an aside that cannot continue, with everything it did: otherwise the person would be asked for an answer that
 * no step waits for.
 */
export function holdBack({ session, trace }: EventResult, rest: SessionState): EventResult {
  return {
    session: rest,
    effects: [],
    answers: [],
    trace: [...trace, { kind: 'held_back', step_id: session.step_id, detail: null }],
  };
}
