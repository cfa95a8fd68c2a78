import { randomUUID } from 'node:crypto';
import type { ProblemDocument } from '../contract/index.ts';
import { BotloomError, ERROR_CODES, isBotloomError } from '../errors/index.ts';
import type { Logger } from '../ports/index.ts';
import { describeError } from './describe-error.ts';
import type { HttpResponse } from './http-types.ts';
import { respondJson } from './respond.ts';

export interface ErrorContext {
  readonly method: string;
  readonly base: string;
  /** The pattern of the route, never the URL of the request. */
  readonly route: string;
}

/**
 * Converts an error to a response (RFC 9457); no other code does. An error that is not a `BotloomError`, or has status
 * 500, is logged with a reference, and the response does not reveal its cause.
 */
export function encodeError(error: unknown, site: ErrorContext, logger: Logger): HttpResponse {
  const known = isBotloomError(error) && error.status !== 500 ? error : toHiddenError(error, site, logger);
  const document: ProblemDocument = {
    type: `${site.base}/api/docs#${known.code}`,
    title: ERROR_CODES[known.code].title,
    status: known.status,
    detail: known.message,
    code: known.code,
    errors: [...known.problems],
    ...(known instanceof HiddenError ? { reference: known.reference } : {}),
  };
  const response = respondJson(known.status, document, 'application/problem+json; charset=utf-8');
  return { ...response, headers: { ...response.headers, ...extraHeaders(known) } };
}

class HiddenError extends BotloomError {
  readonly reference: string;

  constructor(code: BotloomError['code'], reference: string) {
    super(code, `An internal error occurred. The server log has the details under the reference ${reference}.`);
    this.reference = reference;
  }
}

function toHiddenError(error: unknown, site: ErrorContext, logger: Logger): HiddenError {
  const reference = randomUUID();
  logger.error({ reference, method: site.method, route: site.route, error: describeError(error) }, 'a request failed');
  return new HiddenError(isBotloomError(error) ? error.code : 'INTERNAL', reference);
}

function extraHeaders(error: BotloomError): Record<string, string> {
  const headers: Record<string, string> = {};
  if (error.status === 401) headers['www-authenticate'] = 'Bearer realm="botloom"';
  const retryAfter = error.retryAfter ?? (error.status === 503 ? 1 : undefined);
  if (retryAfter !== undefined) headers['retry-after'] = String(Math.max(1, Math.ceil(retryAfter)));
  return headers;
}
