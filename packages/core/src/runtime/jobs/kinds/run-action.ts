import { z } from 'zod';
import type { Outcome } from '../../../engine/index.ts';
import { errorMessage } from '../../../errors/index.ts';
import { jsonValue, type JsonValue } from '../../../model/index.ts';
import type { Job } from '../../../storage/index.ts';
import type { AnyHostStep } from '../../actions/define-step.ts';
import { describeIssues } from '../../actions/standard-schema.ts';
import type { SessionAddress } from '../../batch/pending-input.ts';
import { sessionAddressOf } from '../../batch/session-job.ts';
import { deliverToSession, postponeIfInactive } from '../deliver-to-sessions.ts';
import { idempotencyKey } from '../idempotency-key.ts';
import type { JobDeps, JobHandler, JobResult } from '../job-handler.ts';
import { retryLater } from '../retry-later.ts';

const payload = z.object({ token: z.string(), action: z.string(), input: jsonValue, bot_user_id: z.string() });
const DEFAULT_RETRIES = 3;
const ACTION_TIMEOUT_MS = 5 * 60_000;

/** Runs a step of the host for a flow, and delivers its output to the session. */
export const runAction: JobHandler = async (job, deps) => {
  const place = sessionAddressOf(job);
  const postponed = await postponeIfInactive(job, deps);
  if (place === null || postponed !== null) return postponed ?? { kind: 'done' };
  const details = payload.parse(job.payload);
  const outcome = await attempt(job, place, details, deps);
  return 'due_at' in outcome
    ? outcome
    : deliverToSession(job, place, { kind: 'result', token: details.token, outcome }, deps);
};

async function attempt(
  job: Job,
  place: SessionAddress,
  details: z.infer<typeof payload>,
  deps: JobDeps,
): Promise<Outcome | Extract<JobResult, { readonly kind: 'again' }>> {
  const step = deps.actions.get(details.action);
  try {
    // Another process of a newer version may have it.
    if (step === undefined)
      throw new Error(`This process has no action "${details.action}"; pass its step to createBotloom`);
    const input = await step.schema['~standard'].validate(details.input);
    if (input.issues !== undefined)
      return { kind: 'failed', code: 'INPUT_INVALID', message: describeIssues(input.issues) };
    return { kind: 'ok', value: await run(step, input.value, job, place, details, deps) };
  } catch (error) {
    const message = errorMessage(error);
    deps.logger.warn(
      { bot_id: place.key.bot_id, action: details.action, attempt: job.attempts + 1, error: message },
      'an action of the host failed',
    );
    if (job.attempts < (step?.retries ?? DEFAULT_RETRIES)) return retryLater(job, deps, message);
    return { kind: 'failed', code: 'ACTION_FAILED', message };
  }
}

async function run(
  step: AnyHostStep,
  input: unknown,
  job: Job,
  place: SessionAddress,
  { token, bot_user_id }: z.infer<typeof payload>,
  deps: JobDeps,
): Promise<JsonValue> {
  const { bot_id, chat_id } = place.key;
  const bot = await deps.bots.getFresh(bot_id);
  const user = await deps.storage.users.get({ owner: null }, bot_id, bot_user_id);
  if (bot === null || user === null) throw new Error('The user or the bot was deleted');
  const context = {
    bot: bot.bot,
    user,
    chat_id,
    idempotency_key: idempotencyKey(place, token),
    attempt: job.attempts + 1,
    signal: AbortSignal.timeout(ACTION_TIMEOUT_MS),
  };
  // The schema of the step has validated the input.
  const output = await step.run(input as never, context);
  // A host in plain JavaScript may return anything. Only JSON can be stored.
  return JSON.parse(JSON.stringify(output ?? null)) as JsonValue;
}
