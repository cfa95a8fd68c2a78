import type { JsonValue } from '../model/index.ts';
import type { TelegramHttpResponse } from './post.ts';
import { redact } from './redact.ts';
import { TelegramApiError, TelegramNetworkError } from './telegram-error.ts';

/**
 * Returns the result of a response of Telegram.
 *
 * @throws TelegramApiError - when Telegram rejects the call
 * @throws TelegramNetworkError - when the response is not the JSON of Telegram
 */
export function parseResponse(
  { status, text }: TelegramHttpResponse,
  method: string,
  secrets: readonly (string | null)[],
): JsonValue {
  const response = parseJson(text);
  if (response?.ok === true && response.result !== undefined) return response.result;
  if (response?.ok !== false) {
    // The error page of a gateway. With a 4xx status nothing was done; otherwise the call may have been executed.
    throw new TelegramNetworkError(method, `status ${status} without Telegram's JSON`, status < 400 || status >= 500);
  }
  const { error_code, description, parameters } = response;
  throw new TelegramApiError(method, {
    error_code: typeof error_code === 'number' ? error_code : status,
    description: typeof description === 'string' ? redact(description, ...secrets) : 'no description',
    retry_after: integerOf(parameters?.retry_after),
    migrate_to_chat_id: integerOf(parameters?.migrate_to_chat_id),
  });
}

/** Members of a response; each is checked where it is used. */
interface ApiResponse {
  readonly ok?: unknown;
  readonly result?: JsonValue;
  readonly error_code?: unknown;
  readonly description?: unknown;
  readonly parameters?: { readonly retry_after?: unknown; readonly migrate_to_chat_id?: unknown } | null;
}

function parseJson(text: string): ApiResponse | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : null;
  } catch {
    return null;
  }
}

function integerOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : null;
}
