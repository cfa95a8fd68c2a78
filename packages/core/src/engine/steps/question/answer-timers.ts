import type { CompiledNoAnswer } from '../../../flow/index.ts';
import type { EventOf } from '../../event.ts';
import { beginWait, startTimer } from '../../run/begin-wait.ts';
import { addTrace, type Run } from '../../run/run.ts';
import { sendText } from '../../sending/send-text.ts';
import { render } from '../../values/render.ts';
import { WAIT, type Transition } from '../step-behavior.ts';

/** Starts the reminder and no-answer timers. */
export function startAnswerTimers({ reminders, end }: CompiledNoAnswer, run: Run): void {
  const { now } = run.env;
  const wait = beginWait(run, 'answer', end === null ? null : now + end.after);
  for (const [number, { after }] of reminders.entries()) startTimer(run, wait, 'reminder', now + after, number);
  if (end !== null) startTimer(run, wait, 'no_answer', now + end.after);
}

/** Handles a reminder or no-answer timer. */
export function onAnswerTimer(
  { reminders, end }: CompiledNoAnswer,
  step_id: string,
  run: Run,
  { purpose, number }: EventOf<'timer'>,
): Transition {
  if (purpose === 'no_answer') {
    addTrace(run, 'no_answer', step_id);
    return end === null ? WAIT : end.next;
  }
  const reminder = reminders[number];
  if (reminder === undefined) return WAIT;
  addTrace(run, 'reminded', step_id, String(number + 1));
  sendText(run, step_id, render(reminder.text, run));
  return WAIT;
}
