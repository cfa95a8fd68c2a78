import type { Message } from '../telegram-objects.ts';
import { messageText } from './transcript.ts';

/** What a message should say: exactly this text, text that fits a pattern, or anything a function accepts. */
export type Expected = string | RegExp | ((message: Message) => boolean);

/** A test's expectation was not met; the message tells what was expected, what came, and the whole transcript. */
export class ExpectationError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ExpectationError';
  }
}

/** Whether a message is what was expected. */
export function matches(message: Message, expected: Expected): boolean {
  return typeof expected === 'function' ? expected(message) : matchesText(messageText(message), expected);
}

/** Whether a text is what was expected. */
export function matchesText(text: string, expected: string | RegExp): boolean {
  return typeof expected === 'string' ? text === expected : text.search(expected) >= 0;
}

/** Names an expectation for an error. */
export function describeExpected(expected: Expected | undefined): string {
  if (expected === undefined) return 'anything';
  if (typeof expected === 'string') return JSON.stringify(expected);
  return typeof expected === 'function'
    ? `one that satisfies ${expected.name || expected.toString()}`
    : String(expected);
}
