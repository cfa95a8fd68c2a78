import type { EventResult } from '../advance-result.ts';
import type { Run } from '../run/run.ts';
import { findCurrentStep } from '../state/current-step.ts';
import type { SessionState } from '../state/session-state.ts';
import { handedOver } from './handed-over.ts';

/**
 * A session that waits for a time or for work outside goes on waiting, as long as the aside asks nothing: buttons below a message work
 * wherever the session stands. A question has to be answered, so it takes over.
 *
 * @param rest - where the aside leaves the session when it ends at once
 */
export function keepWaiting(session: SessionState, aside: EventResult, run: Run, rest: SessionState): EventResult {
  if (session.wait === null || aside.session === rest) return aside;
  const step = findCurrentStep(run.program, aside.session)?.step;
  if (step?.kind === 'menu' && step.keyboard === 'inline') return { ...aside, session: rest };
  // What a human has stays theirs, whatever the aside asks.
  return handedOver(run.program, session) === null ? aside : holdBack(aside, rest);
}

/** All or nothing: of an aside that cannot go on, nothing is done, or an answer would come that nobody takes any more. */
export function holdBack({ session, trace }: EventResult, rest: SessionState): EventResult {
  return {
    session: rest,
    effects: [],
    answers: [],
    trace: [...trace, { kind: 'held_back', step_id: session.step_id, detail: null }],
  };
}
