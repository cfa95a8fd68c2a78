import type { JsonObject } from '../../model/index.ts';
import type { OutboxItem } from '../../storage/index.ts';

/** Parameter of a stored call that is ours, not Telegram's: milliseconds that its chat is left in peace after it. */
export const PAUSE_PARAMETER = 'botloom_pause';

/** How long the chat of an item that was sent is left in peace; 0: not at all. */
export function pauseMsAfter({ source, payload }: OutboxItem): number {
  const pause = source === 'call' ? payload[PAUSE_PARAMETER] : undefined;
  return typeof pause === 'number' ? pause : 0;
}

/** What Telegram is given. */
export function withoutPause(payload: JsonObject): JsonObject {
  const { [PAUSE_PARAMETER]: _, ...rest } = payload;
  return rest;
}
