import type { TimerPurpose } from '../event.ts';
import type { Wait, WaitReason } from '../state/wait.ts';
import type { Run } from './run.ts';

/** Starts a wait at the current step. The step itself still has to return `WAIT`. */
export function beginWait(run: Run, reason: WaitReason, deadline: number | null, subject?: string): Wait {
  // A run stops at the first step that waits, so an event starts one wait at most.
  const wait: Wait = { token: run.env.event_id, reason, deadline, ...(subject === undefined ? {} : { subject }) };
  run.wait = wait;
  return wait;
}

/** Requests a `timer` event at `due_at`, in milliseconds since 1970. */
export function startTimer(run: Run, wait: Wait, purpose: TimerPurpose, due_at: number, number = 0): void {
  run.effects.push({ kind: 'timer', token: wait.token, purpose, number, due_at });
}
