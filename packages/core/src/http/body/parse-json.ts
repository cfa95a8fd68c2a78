import { BotloomError } from '../../errors/index.ts';
import { exceedsDepth } from './json-depth.ts';

/** Deeper data overflows the stack of what handles it later; no flow and no update comes near. */
const MAX_DEPTH = 200;
/** A text of this length cannot be deep enough to do harm, so it is not scanned: nearly every update is shorter. */
const UNSCANNED_LENGTH = 4096;

/** JSON from outside: bounded in depth, and no member of it can reach a prototype. Raises BODY_NOT_JSON. */
export function parseJson(text: string): unknown {
  if (text.length > UNSCANNED_LENGTH && exceedsDepth(text, MAX_DEPTH)) {
    throw new BotloomError('BODY_NOT_JSON', `The body is nested deeper than ${MAX_DEPTH} levels.`);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The parser's message quotes the text, which may hold a secret.
    throw new BotloomError('BODY_NOT_JSON', 'The body is not valid JSON.');
  }
  // The name can only arise if it stands there, as it is or with escapes of ASCII letters.
  if (text.includes('__proto__') || text.includes('\\u00')) dropPrototypeKeys(value);
  return value;
}

/** `JSON.parse` makes `__proto__` a plain member, but a later copy would set the prototype. */
function dropPrototypeKeys(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  if (Object.hasOwn(value, '__proto__')) Reflect.deleteProperty(value, '__proto__');
  for (const member of Object.values(value)) dropPrototypeKeys(member);
}
