import type { EventResult } from '../advance-result.ts';
import type { Run } from '../run/run.ts';
import { findCurrentStep } from '../state/current-step.ts';
import type { SessionState } from '../state/session-state.ts';
import { findHandover } from './find-handover.ts';

/**
 * Lets a session continue to wait for a time or for outside work, unless the side flow asks a question. Buttons below a
 * message work wherever the session is, but a question has to be answered, so its flow replaces the wait.
 *
 * @param sessionAtEnd - where the side flow leaves the session when it ends immediately
 */
export function keepCurrentWait(
  session: SessionState,
  sideResult: EventResult,
  run: Run,
  sessionAtEnd: SessionState,
): EventResult {
  if (session.wait === null || sideResult.session === sessionAtEnd) return sideResult;
  const step = findCurrentStep(run.program, sideResult.session)?.step;
  if (step?.kind === 'menu' && step.keyboard === 'inline') return { ...sideResult, session: sessionAtEnd };
  // A session that an operator has stays with the operator, whatever the side flow asks.
  return findHandover(run.program, session) === null ? sideResult : discardSideFlow(sideResult, sessionAtEnd);
}

/**
 * Drops a side flow that cannot continue, with everything it did: otherwise the person would be asked for an answer
 * that no step waits for.
 */
export function discardSideFlow({ session, trace }: EventResult, sessionAtEnd: SessionState): EventResult {
  return {
    session: sessionAtEnd,
    effects: [],
    answers: [],
    trace: [...trace, { kind: 'held_back', step_id: session.step_id, detail: null }],
  };
}
