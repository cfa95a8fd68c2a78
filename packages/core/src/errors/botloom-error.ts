import { ERROR_CODES, type ErrorCode } from './error-codes.ts';
import type { Problem } from './problem.ts';

const BRAND = Symbol.for('botloom.error');

export interface BotloomErrorOptions {
  readonly problems?: readonly Problem[];
  /** Seconds to wait before the next attempt. */
  readonly retryAfter?: number;
  readonly cause?: unknown;
}

/**
 * The error class of Botloom. `code` is a key of `ERROR_CODES`; `message` says what happened and what to do. Recognize
 * it with {@link isBotloomError}, which also works when two copies of the package are loaded.
 *
 * @example
 * try {
 *   await botloom.bots.create({ name: 'Shop', token });
 * } catch (error) {
 *   if (!isBotloomError(error) || error.code !== 'BOT_TOKEN_TAKEN') throw error;
 *   showConflict(error.message);
 * }
 */
export class BotloomError extends Error {
  readonly code: ErrorCode;
  readonly status: number;
  readonly problems: readonly Problem[];
  readonly retryAfter: number | undefined;

  constructor(code: ErrorCode, detail: string = ERROR_CODES[code].title, options: BotloomErrorOptions = {}) {
    super(detail, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'BotloomError';
    this.code = code;
    this.status = ERROR_CODES[code].status;
    this.problems = options.problems ?? [];
    this.retryAfter = options.retryAfter;
    Object.defineProperty(this, BRAND, { value: true });
  }
}

/** True for a {@link BotloomError} of this or of another loaded copy of the package. */
export function isBotloomError(value: unknown): value is BotloomError {
  return value instanceof Error && BRAND in value;
}
