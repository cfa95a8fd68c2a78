import { HOUR_MS } from '../../model/index.ts';
import { beginWait, startTimer } from '../run/begin-wait.ts';
import { addTrace } from '../run/run.ts';
import { saveResult } from '../run/save-result.ts';
import { evaluate } from '../values/evaluate.ts';
import { WAIT, type StepBehavior } from './step-behavior.ts';

/** Time limit of the result. */
const RESULT_TIMEOUT_MS = HOUR_MS;

export const actionBehavior: StepBehavior<'action'> = {
  enter(step, run) {
    const input = evaluate(step.input, run) ?? null;
    const deadline = run.env.now + RESULT_TIMEOUT_MS;
    const wait = beginWait(run, 'action', deadline);
    run.effects.push({ kind: 'action', token: wait.token, action: step.action, input });
    startTimer(run, wait, 'wait', deadline);
    return WAIT;
  },
  show: () => WAIT,
  timer(step) {
    throw new Error(`The action "${step.action}" did not return a result within an hour`);
  },
  result(step, run, { outcome }) {
    if (outcome.kind === 'failed') throw new Error(`${outcome.code}: ${outcome.message}`);
    addTrace(run, 'result_came', step.id, step.action);
    saveResult(step.save, outcome.value, run);
    return step.next;
  },
};
