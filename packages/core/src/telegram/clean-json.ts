import type { JsonObject, JsonValue } from '../model/index.ts';
import { isArray } from './fields.ts';

/**
 * Returns the value without anything that a database rejects or that is unsafe in JavaScript: U+0000 is removed, lone
 * surrogates become U+FFFD, numbers beyond the range of a double (1e400) become null, and a member `__proto__` is
 * removed. Returns the same object if it is clean, which it nearly always is.
 */
export function cleanJson(value: JsonObject): JsonObject {
  return isClean(value) ? value : cleanObject(value);
}

function isClean(value: JsonValue): boolean {
  if (typeof value === 'string') return isCleanText(value);
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || value === null) return true;
  if (isArray(value)) return value.every(isClean);
  // Parsed JSON has own members only, and `for in` creates no list of them: every update is checked here.
  for (const key in value) {
    const member = value[key];
    if (key === '__proto__' || !isCleanText(key) || (member !== undefined && !isClean(member))) return false;
  }
  return true;
}

function cleanObject(value: JsonObject): JsonObject {
  const members = Object.entries(value).filter(([key]) => key !== '__proto__');
  return Object.fromEntries(members.map(([key, member]) => [cleanText(key), clean(member)]));
}

function clean(value: JsonValue): JsonValue {
  if (typeof value === 'string') return cleanText(value);
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'object' || value === null) return value;
  return isArray(value) ? value.map(clean) : cleanObject(value);
}

function isCleanText(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}

function cleanText(text: string): string {
  return isCleanText(text) ? text : text.toWellFormed().replaceAll('\0', '');
}
