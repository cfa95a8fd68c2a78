/** Telegram rejected the call. `description` is the text of Telegram, without any token. */
export class TelegramApiError extends Error {
  readonly method: string;
  readonly error_code: number;
  readonly description: string;
  /** Seconds, with 429. */
  readonly retry_after: number | null;
  /** New chat ID if a group was upgraded to a supergroup. */
  readonly migrate_to_chat_id: number | null;

  constructor(
    method: string,
    answer: {
      error_code: number;
      description: string;
      retry_after?: number | null;
      migrate_to_chat_id?: number | null;
    },
  ) {
    super(`Telegram answered ${method} with ${answer.error_code}: ${answer.description}`);
    this.name = 'TelegramApiError';
    this.method = method;
    this.error_code = answer.error_code;
    this.description = answer.description;
    this.retry_after = answer.retry_after ?? null;
    this.migrate_to_chat_id = answer.migrate_to_chat_id ?? null;
  }
}

/**
 * There was no response (refused, reset, timed out, not the JSON of Telegram). `ambiguous`: Telegram may have executed
 * the call.
 */
export class TelegramNetworkError extends Error {
  readonly method: string;
  readonly ambiguous: boolean;

  constructor(method: string, reason: string, ambiguous: boolean) {
    super(`No answer from Telegram to ${method}: ${reason}`);
    this.name = 'TelegramNetworkError';
    this.method = method;
    this.ambiguous = ambiguous;
  }
}

/**
 * True if Telegram rejects the token: 401 for a revoked one, and 404 with only "Not Found" for a malformed one (an
 * unknown method has a longer description).
 */
export function isTokenRejected(error: unknown): boolean {
  return (
    error instanceof TelegramApiError &&
    (error.error_code === 401 || (error.error_code === 404 && error.description === 'Not Found'))
  );
}
