import type { Message } from '../telegram-objects.ts';
import { messageText } from './transcript.ts';

/** The expected message: exactly this text, a text that matches a pattern, or a message that a function accepts. */
export type Expected = string | RegExp | ((message: Message) => boolean);

/** A test's expectation was not met. The message shows what was expected, what was received, and the transcript. */
export class ExpectationError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ExpectationError';
  }
}

/** Returns true if a message is the expected one. */
export function matches(message: Message, expected: Expected): boolean {
  return typeof expected === 'function' ? expected(message) : matchesText(messageText(message), expected);
}

/** Returns true if a text is the expected one. */
export function matchesText(text: string, expected: string | RegExp): boolean {
  return typeof expected === 'string' ? text === expected : text.search(expected) >= 0;
}

/** Describes an expectation for an error message. */
export function describeExpected(expected: Expected | undefined): string {
  if (expected === undefined) return 'anything';
  if (typeof expected === 'string') return JSON.stringify(expected);
  return typeof expected === 'function'
    ? `one that satisfies ${expected.name || expected.toString()}`
    : String(expected);
}
