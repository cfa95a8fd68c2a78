import type { JsonValue } from '../../model/index.ts';
import type { SendOutcome } from '../../storage/index.ts';

const UNRECORDABLE_REASON = 'the reason could not be recorded';

/**
 * Returns the outcome without text from other systems, for when the database rejects it; null if nothing is left to
 * remove.
 */
export function withoutExternalText(outcome: SendOutcome): SendOutcome | null {
  if (outcome.kind === 'sent')
    return outcome.telegram_message_id === null ? null : { ...outcome, telegram_message_id: null };
  return outcome.reason === UNRECORDABLE_REASON ? null : { ...outcome, reason: UNRECORDABLE_REASON };
}

/** Returns the ID of the sent message; of the first one if it is an album. */
export function messageIdOf(answer: JsonValue): number | null {
  const result = isList(answer) ? (answer[0] ?? null) : answer;
  if (typeof result !== 'object' || result === null || !('message_id' in result)) return null;
  return typeof result.message_id === 'number' && Number.isSafeInteger(result.message_id) ? result.message_id : null;
}

/** Array.isArray does not narrow a readonly array. */
function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
