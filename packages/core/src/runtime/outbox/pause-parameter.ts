import type { JsonObject } from '../../model/index.ts';
import type { OutboxItem } from '../../storage/index.ts';

/**
 * Parameter of a stored call that is not sent to Telegram: milliseconds for which its chat is paused after the call.
 */
export const PAUSE_PARAMETER = 'botloom_pause';

/** Returns the milliseconds for which the chat is paused after this item was sent; 0 for no pause. */
export function pauseMsAfter({ source, payload }: OutboxItem): number {
  const pause = source === 'call' ? payload[PAUSE_PARAMETER] : undefined;
  return typeof pause === 'number' ? pause : 0;
}

/** Returns the parameters for Telegram. */
export function withoutPause(payload: JsonObject): JsonObject {
  const { [PAUSE_PARAMETER]: _, ...rest } = payload;
  return rest;
}
