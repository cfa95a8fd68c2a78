import type { JsonObject, JsonValue } from '../model/index.ts';
import type { EventOf } from './event.ts';
import type { Session } from './session.ts';

/** What has happened in a chat and started the flow; it stays with the session as long as the flow goes on. Plain data. */
export type Origin = EventOf<'chat_event'>;

/** The object in the state itself, so that it can be compared. */
export function originOf({ state: { origin } }: Session): Origin | null {
  // Written by `originState`.
  return isObject(origin) && 'name' in origin ? (origin as unknown as Origin) : null;
}

/** What of it goes into a session's state. */
export function originState(origin: Origin | null): JsonObject {
  // An event is plain data.
  return origin === null ? {} : { origin: origin };
}

/** The session, remembering until something else happens that this was told; Telegram tells some things twice. */
export function withMark(session: Session, { name, at }: Origin): Session {
  if (!TOLD_TWICE.has(name)) return session;
  return { ...session, state: { ...session.state, told: { name, at } } };
}

/**
 * Whether the session knows of it already: who comes or goes is told by a message in the group and, to an administrator, by an update of its own.
 * The two name the same second, or almost.
 */
export function isToldAgain(session: Session, { name, at }: Origin): boolean {
  if (!TOLD_TWICE.has(name)) return false;
  const { origin, told } = session.state;
  return [origin, told].some((known) => isObject(known) && known.name === name && typeof known.at === 'number' && Math.abs(known.at - at) <= SAME);
}

const TOLD_TWICE: ReadonlySet<Origin['name']> = new Set(['joined', 'left']);

/** Milliseconds between two accounts of one thing. */
const SAME = 10_000;

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
