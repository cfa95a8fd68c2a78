import { z } from 'zod';
import type { Outcome } from '../../../engine/index.ts';
import { OutboundError, type OutboundResponse } from '../../../outbound/index.ts';
import { sessionAddressOf } from '../../batch/session-job.ts';
import { deliverToSession, postponeIfInactive } from '../deliver-to-sessions.ts';
import { parseResponseBody } from '../http/parse-response-body.ts';
import { redactSecrets, redactSecretsIn, resolveSecrets, secretNamesOf } from '../http/resolve-secrets.ts';
import { idempotencyKey } from '../idempotency-key.ts';
import type { JobHandler } from '../job-handler.ts';
import { retryLater } from '../retry-later.ts';

const secretPiece = z.object({ secret: z.string(), as: z.enum(['text', 'url', 'json']) });
const simplePiece = z.union([z.string(), secretPiece]);
const text = z.union([
  z.string(),
  z.array(z.union([z.string(), secretPiece, z.object({ base64: z.array(simplePiece) })])),
]);

const payload = z.object({
  token: z.string(),
  retries: z.number(),
  request: z.object({
    method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
    url: text,
    headers: z.record(z.string(), text),
    body: text.nullable(),
    timeout: z.number(),
  }),
});

/** Makes an HTTP request of a flow, and delivers the response to the session. */
export const httpRequest: JobHandler = async (job, deps) => {
  const place = sessionAddressOf(job);
  const postponed = await postponeIfInactive(job, deps);
  if (place === null || postponed !== null) return postponed ?? { kind: 'done' };
  const { token, retries, request } = payload.parse(job.payload);
  const names = secretNamesOf(request);
  const secrets = await deps.storage.secrets.open(place.key.bot_id, names);
  const missing = names.find((name) => !secrets.has(name));
  if (missing !== undefined) {
    const outcome: Outcome = { kind: 'failed', code: 'SECRET_MISSING', message: `The bot has no secret "${missing}".` };
    return deliverToSession(job, place, { kind: 'result', token, outcome }, deps);
  }
  const { secretForms, ...resolved } = resolveSecrets(request, secrets);
  const headers = {
    'user-agent': 'Botloom',
    accept: 'application/json, */*;q=0.5',
    ...resolved.headers,
    'idempotency-key': idempotencyKey(place, token),
  };
  let outcome: Outcome;
  try {
    const response = await deps.outbound.request({
      method: request.method,
      timeout: request.timeout,
      ...resolved,
      headers,
    });
    if ((response.status === 429 || response.status >= 500) && job.attempts < retries)
      return retryLater(job, deps, `the server responded with status ${response.status}`, retryAfter(response));
    outcome = toOutcome(response, secretForms);
  } catch (error) {
    if (!(error instanceof OutboundError)) throw error;
    const message = redactSecrets(error.message, secretForms);
    if (error.is_passing && job.attempts < retries) return retryLater(job, deps, message);
    outcome = { kind: 'failed', code: error.code, message };
  }
  return deliverToSession(job, place, { kind: 'result', token, outcome }, deps);
};

function toOutcome({ status, headers, body }: OutboundResponse, secretForms: readonly string[]): Outcome {
  const parsed = parseResponseBody(body, headers['content-type'] ?? '');
  if (parsed === null)
    return { kind: 'failed', code: 'UNREADABLE', message: 'The JSON of the response is nested too deep.' };
  return { kind: 'ok', value: { status, body: redactSecretsIn(parsed.value, secretForms) } };
}

/** Returns the requested delay in milliseconds; 0 if the header is missing or is not a number of seconds. */
function retryAfter({ headers }: OutboundResponse): number {
  const seconds = Number(headers['retry-after'] ?? 0);
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1_000 : 0;
}
