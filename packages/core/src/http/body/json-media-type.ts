import type { HeaderValue } from '../http-types.ts';

const PARAMETER = String.raw`[ ]*;[ ]*[a-z0-9!#$%&'*+.^_|~-]+=(?:[a-z0-9!#$%&'*+.^_|~-]+|"[^"\\\x00-\x1f]*")`;
const JSON_TYPE = new RegExp(`^application/json(?:${PARAMETER})*$`, 'i');

/**
 * True for the Content-Type of JSON: `application/json` in any case, with or without parameters. Leading spaces, tabs
 * and lists of types have been used to bypass such checks, so only the exact grammar passes. A charset other than UTF-8
 * is refused.
 */
export function isJsonMediaType(value: HeaderValue): boolean {
  if (typeof value !== 'string' || !JSON_TYPE.test(value)) return false;
  const charset = /;[ ]*charset="?([^";]+)/i.exec(value)?.[1];
  return charset === undefined || /^utf-?8$/i.test(charset);
}
