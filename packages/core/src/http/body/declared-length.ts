import { BotloomError } from '../../errors/index.ts';
import type { RequestHead } from '../http-types.ts';
import { bodyTooLargeError } from './read-json.ts';

/**
 * Returns the declared length of a body in bytes, or null where it is unknown: the body is sent in chunks, or the
 * header is malformed, which Node's own server refuses and a host of the fetch handler may not.
 */
function declaredLength({ headers }: RequestHead): number | null {
  const length = headers['content-length'];
  return typeof length === 'string' && /^\d{1,15}$/.test(length) ? Number(length) : null;
}

/**
 * Refuses a body by its declared length, before it is read.
 *
 * @param limit - in bytes
 * @returns the declared length
 * @throws BODY_TOO_LARGE
 */
export function limitDeclaredLength(head: RequestHead, limit: number): number | null {
  const length = declaredLength(head);
  if (length !== null && length > limit) throw bodyTooLargeError(limit);
  return length;
}

/**
 * Refuses a body with a malformed Content-Length.
 *
 * @throws BAD_REQUEST
 */
export function requireValidLength(head: RequestHead): void {
  if (head.headers['content-length'] !== undefined && declaredLength(head) === null)
    throw new BotloomError('BAD_REQUEST', 'The header Content-Length must be a whole number of bytes.');
}
