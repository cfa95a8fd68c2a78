import { BotloomError } from '../../errors/index.ts';
import { exceedsDepth } from './json-depth.ts';

/** Deeper data would overflow the stack of later code. Flows and updates are far below this limit. */
const MAX_DEPTH = 200;
/** A text up to this length cannot be deep enough to do harm and is not scanned. Nearly every update is shorter. */
const UNSCANNED_LENGTH = 4096;

/**
 * Parses JSON from outside. Its depth is limited, and members named `__proto__` are removed at every depth.
 *
 * @throws BODY_NOT_JSON
 */
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
  // The name can only occur if the text contains it, literally or with escapes of ASCII letters.
  if (text.includes('__proto__') || text.includes('\\u00')) dropPrototypeKeys(value);
  return value;
}

/**
 * `JSON.parse` creates `__proto__` as a plain member, but a later copy would set the prototype. The library
 * secure-json-parse is not used: it accepts a byte order mark, and it changes `Error.stackTraceLimit` of the host.
 */
function dropPrototypeKeys(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  if (Object.hasOwn(value, '__proto__')) Reflect.deleteProperty(value, '__proto__');
  for (const member of Object.values(value)) dropPrototypeKeys(member);
}
