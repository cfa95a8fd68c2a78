import { beginWait, startTimer } from '../run/begin-wait.ts';
import { note } from '../run/run.ts';
import { render } from '../values/render.ts';
import { WAIT, type StepBehaviour } from './step-behaviour.ts';

/** Maximum length of the subject in lists. */
const LONGEST_SUBJECT = 256;

export const handoverBehaviour: StepBehaviour<'handover'> = {
  enter({ id, subject, timeout }, run) {
    const about = subject === null ? '' : render(subject, run).trim().slice(0, LONGEST_SUBJECT).toWellFormed();
    const deadline = run.env.now + timeout.after;
    startTimer(run, beginWait(run, 'handover', deadline, about === '' ? undefined : about), 'wait', deadline);
    note(run, 'handed_over', id, about === '' ? null : about);
    return WAIT;
  },
  show: () => WAIT,
  timer({ id, timeout }, run) {
    note(run, 'timed_out', id);
    return timeout.next;
  },
  handsOver: ({ allows_commands }) => ({ allows_commands }),
  giveBack(step, run) {
    note(run, 'given_back', step.id);
    return step.next;
  },
};
