/** The HTTP status of an error code and its fixed title. */
export interface ErrorDefinition {
  readonly status: number;
  readonly title: string;
}

/**
 * Every error that Botloom throws on purpose. The code is stable and the title is its meaning. The message and the
 * `problems` of an error describe the individual case.
 */
export const ERROR_CODES = {
  BAD_REQUEST: { status: 400, title: 'The request is malformed' },
  BODY_NOT_JSON: { status: 400, title: 'The body is not valid JSON' },
  CURSOR_INVALID: { status: 400, title: 'The cursor is not valid for this list' },
  UPDATE_INVALID: { status: 400, title: 'The body is not a Telegram update' },
  UNAUTHORIZED: { status: 401, title: 'Credentials are missing or invalid' },
  FORBIDDEN: { status: 403, title: 'The credentials do not allow this operation' },
  ROUTE_NOT_FOUND: { status: 404, title: 'The route does not exist' },
  BOT_NOT_FOUND: { status: 404, title: 'The bot does not exist' },
  FLOW_NOT_FOUND: { status: 404, title: 'The flow does not exist' },
  USER_NOT_FOUND: { status: 404, title: 'The user does not exist' },
  SESSION_NOT_FOUND: { status: 404, title: 'The session does not exist' },
  SECRET_NOT_FOUND: { status: 404, title: 'The secret does not exist' },
  FILE_NOT_FOUND: { status: 404, title: 'Telegram has no such file for this bot' },
  UPLOAD_NOT_FOUND: { status: 404, title: 'The upload does not exist' },
  API_KEY_NOT_FOUND: { status: 404, title: 'The API key does not exist' },
  DEAD_LETTER_NOT_FOUND: { status: 404, title: 'The dead letter does not exist' },
  METHOD_NOT_ALLOWED: { status: 405, title: 'The route does not support this method' },
  BOT_TOKEN_TAKEN: { status: 409, title: 'A bot with this token already exists' },
  FLOW_COMMAND_TAKEN: { status: 409, title: 'Another flow of the bot has this trigger command' },
  FLOW_DEFAULT_TAKEN: { status: 409, title: 'Another flow of the bot is the default' },
  UPLOAD_IN_USE: { status: 409, title: 'A flow of the bot uses this upload' },
  UPLOAD_QUOTA_REACHED: { status: 409, title: 'The upload quota of the bot is exceeded' },
  CONFLICT: { status: 409, title: 'The request conflicts with the current state' },
  BODY_TOO_LARGE: { status: 413, title: 'The body is too large' },
  MEDIA_TYPE_UNSUPPORTED: { status: 415, title: 'The content type is not supported' },
  VALIDATION_FAILED: { status: 422, title: 'The input is not valid' },
  BOT_TOKEN_INVALID: { status: 422, title: 'Telegram does not accept the bot token' },
  FLOW_DATA_INVALID: { status: 422, title: 'The flow data is not valid' },
  PUBLIC_URL_MISSING: { status: 422, title: 'The public HTTPS URL is not set' },
  USER_BLOCKED: { status: 422, title: 'The user has blocked the bot' },
  RATE_LIMITED: { status: 429, title: 'Too many requests' },
  TELEGRAM_FAILED: { status: 502, title: 'Telegram could not be reached or answered with an error' },
  UNAVAILABLE: { status: 503, title: 'The service is temporarily unavailable' },
  STORAGE_UNAVAILABLE: { status: 503, title: 'The database is not reachable or not migrated' },
  STORAGE_NEWER: { status: 500, title: 'The database was migrated by a newer version of Botloom' },
  SECRET_UNREADABLE: { status: 500, title: 'A stored secret cannot be decrypted with the given keys' },
  OPTIONS_INVALID: { status: 500, title: 'The options of Botloom are not valid' },
  INTERNAL: { status: 500, title: 'An internal error occurred' },
} as const satisfies Record<string, ErrorDefinition>;

export type ErrorCode = keyof typeof ERROR_CODES;
