import type { SessionState } from './session-state.ts';
import type { Wait, WaitReason } from './wait.ts';

/**
 * Data of a session that lists show and filter by. `advance` returns it with the session, and storage writes it to
 * columns: nothing outside the engine reads it from the state.
 */
export interface SessionSummary {
  /** Null: the session waits for the person only, or is in no flow. */
  readonly wait_reason: WaitReason | null;
  /** Name of the awaited event, or the subject of a handover; null for other reasons. */
  readonly wait_subject: string | null;
  /** When the wait ends at the latest, in milliseconds since 1970; null: it has no limit. */
  readonly deadline: number | null;
}

/** Summary of a session that waits for the person only, or is in no flow. */
export const NO_WAIT: SessionSummary = Object.freeze({ wait_reason: null, wait_subject: null, deadline: null });

/**
 * Returns the summary of a session. A handover is shown also while a command has interrupted it: the person still waits
 * for a human.
 */
export function summarize({ wait, interrupted }: SessionState): SessionSummary {
  const shown = wait?.reason !== 'handover' && isHandover(interrupted?.wait) ? interrupted?.wait : wait;
  return shown === null || shown === undefined
    ? NO_WAIT
    : { wait_reason: shown.reason, wait_subject: shown.subject ?? null, deadline: shown.deadline };
}

function isHandover(wait: Wait | null | undefined): boolean {
  return wait?.reason === 'handover';
}
