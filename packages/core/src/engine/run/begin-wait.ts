import type { TimerPurpose } from '../event.ts';
import type { Wait, WaitReason } from '../state/wait.ts';
import type { Run } from './run.ts';

/** From now on the step that the walk is at waits so. Returning `WAIT` from the step is still the step's. */
export function beginWait(run: Run, reason: WaitReason, deadline: number | null, subject?: string): Wait {
  // A walk stops at the first step that waits, so an event begins one wait at the most.
  const wait: Wait = { token: run.env.event_id, reason, deadline, ...(subject === undefined ? {} : { subject }) };
  run.wait = wait;
  return wait;
}

/** Asks for a `timer` event. */
export function startTimer(run: Run, wait: Wait, purpose: TimerPurpose, due_at: number, number = 0): void {
  run.effects.push({ kind: 'timer', token: wait.token, purpose, number, due_at });
}
