import { isJsonObject, type JsonObject } from '../../model/index.ts';
import type { EventOf } from '../event.ts';
import type { Session } from './session.ts';

/** What has happened in a chat and started the flow; it stays with the session as long as the flow goes on. Plain data. */
export type Origin = EventOf<'chat_event'>;

/** The object in the state itself, so that it can be compared. */
export function originOf({ state: { origin } }: Session): Origin | null {
  // Written by `originState`.
  return isJsonObject(origin) && 'name' in origin ? (origin as unknown as Origin) : null;
}

/** What of it goes into a session's state. */
export function originState(origin: Origin | null): JsonObject {
  // An event is plain data.
  return origin === null ? {} : { origin: origin };
}
