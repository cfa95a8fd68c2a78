import { beginWait, startTimer } from '../run/begin-wait.ts';
import { addTrace } from '../run/run.ts';
import { render } from '../values/render.ts';
import { WAIT, type StepBehavior } from './step-behavior.ts';

/** Maximum length of the subject in lists. */
const MAX_SUBJECT_LENGTH = 256;

export const handoverBehavior: StepBehavior<'handover'> = {
  enter({ id, subject, timeout }, run) {
    const about = subject === null ? '' : render(subject, run).trim().slice(0, MAX_SUBJECT_LENGTH).toWellFormed();
    const deadline = run.env.now + timeout.after;
    startTimer(run, beginWait(run, 'handover', deadline, about === '' ? undefined : about), 'wait', deadline);
    addTrace(run, 'handed_over', id, about === '' ? null : about);
    return WAIT;
  },
  show: () => WAIT,
  timer({ id, timeout }, run) {
    addTrace(run, 'timed_out', id);
    return timeout.next;
  },
  handover: ({ allows_commands }) => ({ allows_commands }),
  giveBack(step, run) {
    addTrace(run, 'given_back', step.id);
    return step.next;
  },
};
