import type { JsonValue } from '../model/index.ts';
import type { RawAnswer } from './post.ts';
import { redact } from './redact.ts';
import { TelegramApiError, TelegramNetworkError } from './telegram-error.ts';

/** The result in Telegram's answer; raises TelegramApiError for a no and TelegramNetworkError for what is not Telegram's JSON. */
export function readAnswer(
  { status, text }: RawAnswer,
  method: string,
  secrets: readonly (string | null)[],
): JsonValue {
  const answer = parse(text);
  if (answer?.ok === true && answer.result !== undefined) return answer.result;
  if (answer?.ok !== false) {
    // A gateway's page: with a 4xx nothing was done, with anything else the call may have come through.
    throw new TelegramNetworkError(method, `status ${status} without Telegram's JSON`, status < 400 || status >= 500);
  }
  const { error_code, description, parameters } = answer;
  throw new TelegramApiError(method, {
    error_code: typeof error_code === 'number' ? error_code : status,
    description: typeof description === 'string' ? redact(description, ...secrets) : 'no description',
    retry_after: wholeNumber(parameters?.retry_after),
    migrate_to_chat_id: wholeNumber(parameters?.migrate_to_chat_id),
  });
}

/** What may stand in an answer; each member is checked where it is used. */
interface Answer {
  readonly ok?: unknown;
  readonly result?: JsonValue;
  readonly error_code?: unknown;
  readonly description?: unknown;
  readonly parameters?: { readonly retry_after?: unknown; readonly migrate_to_chat_id?: unknown } | null;
}

function parse(text: string): Answer | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : null;
  } catch {
    return null;
  }
}

function wholeNumber(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : null;
}
