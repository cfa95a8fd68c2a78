import { DAY_MS } from '../../model/index.ts';
import type { EventResult } from '../advance-result.ts';
import { NO_EVENT_TIMES, type ChatEventTimes, type OriginEvent, type SessionState } from './session-state.ts';

/*
 * Telegram reports joining and leaving with a message in the group and, to an administrator, with a separate update;
 * they can arrive in either order. A session stores the time of the last event of each kind for as long as Telegram may
 * still deliver the second report, even if other events change the session.
 */

/** Events that Telegram reports twice. */
const DUPLICATED_EVENTS: ReadonlySet<OriginEvent['name']> = new Set(['joined', 'left']);
/** Longest time between the two reports of one event: they name the same second, or almost. */
const DUPLICATE_WINDOW_MS = 10_000;
/** Telegram stores undelivered updates for a day (docs of the Bot API, "Getting updates"). */
const REDELIVERY_WINDOW_MS = DAY_MS;

/** Returns true if the event, or a newer one of its kind, was already processed. */
export function isDuplicate(session: SessionState, { name, at }: OriginEvent): boolean {
  const known = session.chat_event_times[name];
  return known !== undefined && at - known <= DUPLICATE_WINDOW_MS;
}

/** Adds the time of the event to the session of a result. */
export function rememberEvent(result: EventResult, before: SessionState, { name, at }: OriginEvent): EventResult {
  if (!DUPLICATED_EVENTS.has(name)) return result;
  return withEventTimes(result, { ...before.chat_event_times, [name]: at });
}

/** Keeps the stored times when another event has changed the session. */
export function keepRememberedEvents(result: EventResult, before: SessionState, now: number): EventResult {
  const times = before.chat_event_times;
  if (times === NO_EVENT_TIMES || result.session === before) return result;
  if (result.session.chat_event_times !== NO_EVENT_TIMES) return result;
  return Object.values(times).some((at) => now - at < REDELIVERY_WINDOW_MS) ? withEventTimes(result, times) : result;
}

function withEventTimes(result: EventResult, chat_event_times: ChatEventTimes): EventResult {
  return { ...result, session: { ...result.session, chat_event_times } };
}
