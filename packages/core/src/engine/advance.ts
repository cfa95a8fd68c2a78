import type { BotProgram } from '../flow/index.ts';
import type { AdvanceResult } from './advance-result.ts';
import type { Env } from './env.ts';
import type { EngineEvent, EventMap } from './event.ts';
import { EVENT_HANDLERS } from './events/event-handlers.ts';
import { keepRememberedEvents } from './state/dedupe.ts';
import type { Session } from './state/session.ts';

/**
 * Decides what an event does to a session. Synchronous and pure: the same arguments give the same result, and nothing happens but
 * that it is returned. It does not throw on anything a document, a session or a person may hold; what went wrong stands in `trace`.
 *
 * @param program - the bot's flows, with the versions that {@link versionsNeeded} names as far as they still exist
 * @example
 * const { session, effects } = advance(program, IDLE_SESSION, { kind: 'message', type: 'text', text: '/start', … }, env);
 */
export function advance(program: BotProgram, session: Session, event: EngineEvent, env: Env): AdvanceResult {
  return keepRememberedEvents(handle(program, session, event, env), session, env.now);
}

function handle<Kind extends keyof EventMap>(
  program: BotProgram,
  session: Session,
  event: { readonly kind: Kind } & EventMap[Kind],
  env: Env,
): AdvanceResult {
  return EVENT_HANDLERS[event.kind](program, session, event, env);
}
