/** An error in Telegram's form: `{"ok": false, "error_code": 400, "description": "Bad Request: chat not found"}`. */
export class ApiError extends Error {
  readonly error_code: number;
  readonly parameters: { retry_after?: number; migrate_to_chat_id?: number } | undefined;

  constructor(errorCode: number, description: string, parameters?: ApiError['parameters']) {
    super(description);
    this.name = 'ApiError';
    this.error_code = errorCode;
    this.parameters = parameters;
  }
}

/** Returns a 400 error with Telegram's prefix. */
export function badRequest(reason: string): ApiError {
  return new ApiError(400, `Bad Request: ${reason}`);
}

/** Returns a 403 error with Telegram's prefix. */
export function forbidden(reason: string): ApiError {
  return new ApiError(403, `Forbidden: ${reason}`);
}
