import type { CompiledSilence } from '../../../flow/index.ts';
import type { EventOf } from '../../event.ts';
import { beginWait, startTimer } from '../../run/begin-wait.ts';
import { note, type Run } from '../../run/run.ts';
import { sendText } from '../../sending/send-text.ts';
import { render } from '../../values/render.ts';
import { WAIT, type Move } from '../step-behaviour.ts';

/** Starts the reminder and no-answer timers. */
export function beginSilence({ reminders, end }: CompiledSilence, run: Run): void {
  const { now } = run.env;
  const wait = beginWait(run, 'answer', end === null ? null : now + end.after);
  for (const [number, { after }] of reminders.entries()) startTimer(run, wait, 'reminder', now + after, number);
  if (end !== null) startTimer(run, wait, 'no_answer', now + end.after);
}

/** Handles a reminder or no-answer timer. */
export function breakSilence(
  { reminders, end }: CompiledSilence,
  step_id: string,
  run: Run,
  { purpose, number }: EventOf<'timer'>,
): Move {
  if (purpose === 'no_answer') {
    note(run, 'no_answer', step_id);
    return end === null ? WAIT : end.next;
  }
  const reminder = reminders[number];
  if (reminder === undefined) return WAIT;
  note(run, 'reminded', step_id, String(number + 1));
  sendText(run, step_id, render(reminder.text, run));
  return WAIT;
}
