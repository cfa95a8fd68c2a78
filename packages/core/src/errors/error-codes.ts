/** One row of the table: the HTTP status an error is answered with and its fixed title. */
export interface ErrorDefinition {
  readonly status: number;
  readonly title: string;
}

/**
 * Every error Botloom raises on purpose. The code is stable, the title says what it is; what happened
 * in the case at hand stands in the error's `detail` and in its `problems`.
 */
export const ERROR_CODES = {
  BAD_REQUEST: { status: 400, title: 'The request is malformed' },
  BODY_NOT_JSON: { status: 400, title: 'The body is not valid JSON' },
  CURSOR_INVALID: { status: 400, title: 'The cursor is not one that this list gave' },
  UPDATE_INVALID: { status: 400, title: 'The body is not a Telegram update' },
  UNAUTHORIZED: { status: 401, title: 'Credentials are missing or not valid' },
  FORBIDDEN: { status: 403, title: 'The credentials do not allow this' },
  ROUTE_NOT_FOUND: { status: 404, title: 'There is no such route' },
  BOT_NOT_FOUND: { status: 404, title: 'There is no such bot' },
  FLOW_NOT_FOUND: { status: 404, title: 'There is no such flow' },
  USER_NOT_FOUND: { status: 404, title: 'There is no such user' },
  SESSION_NOT_FOUND: { status: 404, title: 'There is no such session' },
  SECRET_NOT_FOUND: { status: 404, title: 'There is no such secret' },
  FILE_NOT_FOUND: { status: 404, title: 'Telegram has no such file for this bot' },
  UPLOAD_NOT_FOUND: { status: 404, title: 'There is no such upload' },
  API_KEY_NOT_FOUND: { status: 404, title: 'There is no such API key' },
  DEAD_LETTER_NOT_FOUND: { status: 404, title: 'There is no such dead letter' },
  METHOD_NOT_ALLOWED: { status: 405, title: 'The route does not take this method' },
  BOT_TOKEN_TAKEN: { status: 409, title: 'A bot with this token exists already' },
  FLOW_COMMAND_TAKEN: { status: 409, title: 'Another flow of the bot has this trigger command' },
  FLOW_DEFAULT_TAKEN: { status: 409, title: 'Another flow of the bot is the default' },
  UPLOAD_IN_USE: { status: 409, title: 'A flow of the bot sends this upload' },
  UPLOAD_QUOTA_REACHED: { status: 409, title: 'The uploads of the bot have no room for this file' },
  CONFLICT: { status: 409, title: 'The request conflicts with the present state' },
  BODY_TOO_LARGE: { status: 413, title: 'The body is too large' },
  MEDIA_TYPE_UNSUPPORTED: { status: 415, title: 'The content type is not supported' },
  VALIDATION_FAILED: { status: 422, title: 'The content is not valid' },
  BOT_TOKEN_INVALID: { status: 422, title: 'Telegram does not accept the bot token' },
  FLOW_DATA_INVALID: { status: 422, title: 'The flow data is not valid' },
  PUBLIC_URL_MISSING: { status: 422, title: 'No public HTTPS address is known' },
  USER_BLOCKED: { status: 422, title: 'The user has blocked the bot' },
  RATE_LIMITED: { status: 429, title: 'Too many requests' },
  TELEGRAM_FAILED: { status: 502, title: 'Telegram could not be reached or answered with an error' },
  UNAVAILABLE: { status: 503, title: 'The service cannot answer just now' },
  STORAGE_UNAVAILABLE: { status: 503, title: 'The database is not reachable or not migrated' },
  STORAGE_NEWER: { status: 500, title: 'The database was migrated by a newer version of Botloom' },
  SECRET_UNREADABLE: { status: 500, title: 'A stored secret cannot be decrypted with the given keys' },
  OPTIONS_INVALID: { status: 500, title: 'The options given to Botloom are not valid' },
  INTERNAL: { status: 500, title: 'Something went wrong inside' },
} as const satisfies Record<string, ErrorDefinition>;

export type ErrorCode = keyof typeof ERROR_CODES;
