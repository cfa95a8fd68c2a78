import type { CompiledHttp } from '../../flow/index.ts';
import type { JsonValue } from '../../model/index.ts';
import { beginWait, startTimer } from '../run/begin-wait.ts';
import { addTrace } from '../run/run.ts';
import { saveResult } from '../run/save-result.ts';
import { buildHttpRequest } from './build-http-request.ts';
import { WAIT, type StepBehavior, type Transition } from './step-behavior.ts';

/** Time limit of the response, however often the request is retried. */
const RESULT_TIMEOUT_MS = 15 * 60_000;

export const httpBehavior: StepBehavior<'http'> = {
  enter(step, run) {
    const request = buildHttpRequest(step, run);
    const deadline = run.env.now + RESULT_TIMEOUT_MS;
    const wait = beginWait(run, 'http', deadline);
    run.effects.push({ kind: 'http', token: wait.token, request, retries: step.retries });
    startTimer(run, wait, 'wait', deadline);
    return WAIT;
  },
  show: () => WAIT,
  timer() {
    throw new Error('The server did not respond within 15 minutes');
  },
  result(step, run, { outcome }) {
    if (outcome.kind === 'failed') throw new Error(`${outcome.code}: ${outcome.message}`);
    // The job stores a response in this form.
    const { status, body } = outcome.value as { readonly status: number; readonly body: JsonValue };
    addTrace(run, 'result_came', step.id, String(status));
    saveResult(step.save, body, run);
    return branchOf(step, status);
  },
};

function branchOf({ statuses, next }: CompiledHttp, status: number): Transition {
  const branch = statuses.find(({ is }) => is === String(status) || is === `${Math.floor(status / 100)}xx`);
  if (branch !== undefined) return branch.next;
  if (status < 200 || status > 299) throw new Error(`The server answered ${status}`);
  return next;
}
