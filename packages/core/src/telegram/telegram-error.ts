/** Telegram answered, and the answer is no. `description` is Telegram's own text, without any token. */
export class TelegramApiError extends Error {
  readonly method: string;
  readonly error_code: number;
  readonly description: string;
  /** Seconds, with 429. */
  readonly retry_after: number | null;
  /** The new chat id, when a group became a supergroup. */
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

/** No answer came (refused, reset, timed out, not Telegram's JSON). `ambiguous`: Telegram may have done it all the same. */
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

/** Whether Telegram does not know the token: a revoked one is answered 401, a malformed one a bare 404 (an unknown method 404 with more words). */
export function isTokenRejected(error: unknown): boolean {
  return (
    error instanceof TelegramApiError &&
    (error.error_code === 401 || (error.error_code === 404 && error.description === 'Not Found'))
  );
}
