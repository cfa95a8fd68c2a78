import { ERROR_CODES, type ErrorCode } from './error-codes.ts';
import type { Problem } from './problem.ts';

const BRAND = Symbol.for('botloom.error');

export interface BotloomErrorOptions {
  readonly problems?: readonly Problem[];
  /** Seconds after which trying again makes sense. */
  readonly retryAfter?: number;
  readonly cause?: unknown;
}

/**
 * The one error class of Botloom. `code` is a row of `ERROR_CODES`; `message` says what happened and what to do.
 * Recognise it with {@link isBotloomError}, which also works when two copies of the package are loaded.
 *
 * @example
 * try { await botloom.bots.create({ name: 'Shop', token }); }
 * catch (error) { if (isBotloomError(error) && error.code === 'BOT_TOKEN_TAKEN') showConflict(error.message); else throw error; }
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

/** Whether `value` is a {@link BotloomError}, of this or of another loaded copy of the package. */
export function isBotloomError(value: unknown): value is BotloomError {
  return value instanceof Error && BRAND in value;
}
