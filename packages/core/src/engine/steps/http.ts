import type { CompiledHttp, NamedTexts } from '../../flow/index.ts';
import type { JsonValue } from '../../model/index.ts';
import type { HttpRequest } from '../effect.ts';
import { render } from '../render.ts';
import { note, type Run } from '../run.ts';
import { saveResult } from '../save-result.ts';
import { evaluate } from '../values/evaluate.ts';
import { beginWait, startTimer } from '../wait.ts';
import { WAIT, type Move, type StepBehaviour } from './step-behaviour.ts';

/** Milliseconds after which an answer is not waited for any more, however often the request was tried. */
const PATIENCE = 15 * 60_000;

export const httpBehaviour: StepBehaviour<'http'> = {
  enter(step, run) {
    const request = requestOf(step, run);
    const deadline = run.env.now + PATIENCE;
    const wait = beginWait(run, 'http', deadline);
    run.effects.push({ kind: 'http', token: wait.token, request, retries: step.retries });
    startTimer(run, wait, 'wait', deadline);
    return WAIT;
  },
  show: () => WAIT,
  timer() {
    throw new Error('The request has no answer after 15 minutes');
  },
  result(step, run, { outcome }) {
    if (outcome.kind === 'failed') throw new Error(`${outcome.code}: ${outcome.message}`);
    // What the job makes of an answer.
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

function requestOf(step: CompiledHttp, run: Run): HttpRequest {
  const { method, timeout } = step;
  const query = form(step.query, run);
  const address = render(step.url, run).trim();
  const url = query === '' ? address : `${address}${address.includes('?') ? '&' : '?'}${query}`;
  const headers = Object.fromEntries(step.headers.map(([name, text]) => [name.toLowerCase(), render(text, run)]));
  if (step.body === null) return { method, url, headers, body: null, timeout };
  const isJson = step.body.kind === 'json';
  const body = step.body.kind === 'json' ? JSON.stringify(evaluate(step.body.value, run) ?? null) : form(step.body.fields, run);
  return { method, url, headers: { 'content-type': isJson ? 'application/json' : 'application/x-www-form-urlencoded', ...headers }, body, timeout };
}

function form(fields: NamedTexts, run: Run): string {
  return fields.map(([name, text]) => `${encodeURIComponent(name)}=${encodeURIComponent(render(text, run).toWellFormed())}`).join('&');
}
