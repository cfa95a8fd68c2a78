import { DAY_MS, type JsonObject } from '../../model/index.ts';
import type { AdvanceResult } from '../advance-result.ts';
import type { Origin } from './origin.ts';
import type { Session } from './session.ts';

/*
 * Who comes or goes is told by a message in the group and, to an administrator, by an update of its own; neither waits for the other. A session keeps when the
 * last of each happened, through all else that it goes through, for as long as Telegram may still deliver the second account.
 */

/**
 * Whether the session knows of it already, or of a later one of the kind: then this is an account that comes late. The two of one thing name the same
 * second, or almost.
 */
export function isDuplicate(session: Session, { name, at }: Origin): boolean {
  const known = toldOf(session)[name];
  return typeof known === 'number' && at - known <= SAME;
}

/** What came of it, with the session that knows of it. */
export function rememberEvent(done: AdvanceResult, before: Session, { name, at }: Origin): AdvanceResult {
  return TOLD_TWICE.has(name) ? marked(done, { ...toldOf(before), [name]: at }) : done;
}

/** What came of another event: the session still knows. */
export function keepRememberedEvents(done: AdvanceResult, before: Session, now: number): AdvanceResult {
  if (before.state.told === undefined || done.session === before || done.session.state.told !== undefined) return done;
  const told = toldOf(before);
  return Object.values(told).some((at) => typeof at === 'number' && now - at < DELIVERED) ? marked(done, told) : done;
}

const TOLD_TWICE: ReadonlySet<Origin['name']> = new Set(['joined', 'left']);
/** Milliseconds between two accounts of one thing. */
const SAME = 10_000;
/** Telegram keeps updates for a day (docs of the Bot API, "Getting updates"). */
const DELIVERED = DAY_MS;

function marked(done: AdvanceResult, told: JsonObject): AdvanceResult {
  return { ...done, session: { ...done.session, state: { ...done.session.state, told } } };
}

/** By name of the event, in milliseconds. */
function toldOf({ state: { told } }: Session): JsonObject {
  // Written by `marked`.
  return (told ?? {}) as JsonObject;
}
