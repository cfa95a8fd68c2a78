import { HOUR_MS } from '../../model/index.ts';
import { beginWait, startTimer } from '../run/begin-wait.ts';
import { note } from '../run/run.ts';
import { saveResult } from '../run/save-result.ts';
import { evaluate } from '../values/evaluate.ts';
import { WAIT, type StepBehaviour } from './step-behaviour.ts';

/** How long the step waits for the result. */
const PATIENCE = HOUR_MS;

export const actionBehaviour: StepBehaviour<'action'> = {
  enter(step, run) {
    const input = evaluate(step.input, run) ?? null;
    const deadline = run.env.now + PATIENCE;
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
    note(run, 'result_came', step.id, step.action);
    saveResult(step.save, outcome.value, run);
    return step.next;
  },
};
