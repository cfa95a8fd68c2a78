import { BotloomError } from '../../errors/index.ts';
import type { RequestHead } from '../http-types.ts';
import { tooLarge } from './read-json.ts';

/**
 * Checks the declared length of a body before the body is read. Node's own server refuses a malformed header, but a host
 * of the fetch handler may not.
 *
 * @param limit - in bytes
 * @returns the length in bytes, or null for a body that is sent in chunks
 * @throws BAD_REQUEST - when the header is not a whole number of bytes
 * @throws BODY_TOO_LARGE
 */
export function checkDeclaredLength({ headers }: RequestHead, limit: number): number | null {
  const length = headers['content-length'];
  if (length === undefined) return null;
  if (typeof length !== 'string' || !/^\d{1,15}$/.test(length))
    throw new BotloomError('BAD_REQUEST', 'The header Content-Length must be a whole number of bytes.');
  const bytes = Number(length);
  if (bytes > limit) throw tooLarge(limit);
  return bytes;
}
