import { beginWait, startTimer } from '../run/begin-wait.ts';
import { addTrace } from '../run/run.ts';
import { saveResult } from '../run/save-result.ts';
import { WAIT, type StepBehavior } from './step-behavior.ts';

export const waitForEventBehavior: StepBehavior<'wait_for_event'> = {
  enter({ event, timeout }, run) {
    const deadline = timeout === null ? null : run.env.now + timeout.after;
    const wait = beginWait(run, 'event', deadline, event);
    if (deadline !== null) startTimer(run, wait, 'wait', deadline);
    return WAIT;
  },
  show: () => WAIT,
  timer(step, run) {
    addTrace(run, 'timed_out', step.id, step.event);
    return step.timeout?.next ?? null;
  },
  external(step, run, { name, data }) {
    if (name !== step.event) return WAIT;
    addTrace(run, 'event_came', step.id, name);
    saveResult(step.save, data, run);
    return step.next;
  },
};
