import type { HeaderValue } from '../http-types.ts';

const PARAMETER = String.raw`[ ]*;[ ]*[a-z0-9!#$%&'*+.^_|~-]+=(?:[a-z0-9!#$%&'*+.^_|~-]+|"[^"\\\x00-\x1f]*")`;
const JSON_TYPE = new RegExp(`^application/json(?:${PARAMETER})*$`, 'i');

/**
 * Whether a Content-Type says JSON: `application/json` in any case, with parameters or none. Leading blanks, tabs and lists of types have been
 * used to slip past checks of this kind, so nothing but the grammar passes; a charset other than UTF-8 is not JSON.
 */
export function isJsonMediaType(value: HeaderValue): boolean {
  if (typeof value !== 'string' || !JSON_TYPE.test(value)) return false;
  const charset = /;[ ]*charset="?([^";]+)/i.exec(value)?.[1];
  return charset === undefined || /^utf-?8$/i.test(charset);
}
