import type { CompiledHttp } from '../../flow/index.ts';
import type { JsonValue } from '../../model/index.ts';
import { beginWait, startTimer } from '../run/begin-wait.ts';
import { note } from '../run/run.ts';
import { saveResult } from '../run/save-result.ts';
import { httpRequestOf } from './http-request-of.ts';
import { WAIT, type Move, type StepBehaviour } from './step-behaviour.ts';

/** How long the step waits for the response, however often the request is retried. */
const PATIENCE = 15 * 60_000;

export const httpBehaviour: StepBehaviour<'http'> = {
  enter(step, run) {
    const request = httpRequestOf(step, run);
    const deadline = run.env.now + PATIENCE;
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
    note(run, 'result_came', step.id, String(status));
    saveResult(step.save, body, run);
    return branchOf(step, status);
  },
};

function branchOf({ statuses, next }: CompiledHttp, status: number): Move {
  const branch = statuses.find(({ is }) => is === String(status) || is === `${Math.floor(status / 100)}xx`);
  if (branch !== undefined) return branch.next;
  if (status < 200 || status > 299) throw new Error(`The server answered ${status}`);
  return next;
}
