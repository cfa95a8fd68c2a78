import { beginWait, startTimer } from '../run/begin-wait.ts';
import { addTrace } from '../run/run.ts';
import { render } from '../values/render.ts';
import { WAIT, type StepBehavior } from './step-behavior.ts';

/** Time limit of Telegram's answer, however often the request is retried. */
const RESULT_TIMEOUT_MS = 15 * 60_000;

export const refundBehavior: StepBehavior<'refund'> = {
  enter(step, run) {
    const charge = render(step.charge, run).trim();
    if (charge === '') throw new Error('there is no charge to refund: the template is empty');
    const deadline = run.env.now + RESULT_TIMEOUT_MS;
    const wait = beginWait(run, 'refund', deadline);
    run.effects.push({ kind: 'refund', token: wait.token, user_id: run.env.user.chat_id, charge });
    startTimer(run, wait, 'wait', deadline);
    return WAIT;
  },
  show: () => WAIT,
  timer() {
    throw new Error('Telegram did not confirm the refund within 15 minutes');
  },
  result(step, run, { outcome }) {
    if (outcome.kind === 'failed') throw new Error(`${outcome.code}: ${outcome.message}`);
    addTrace(run, 'result_came', step.id, 'refunded');
    return step.next;
  },
};
