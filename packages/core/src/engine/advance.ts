import type { BotProgram } from '../flow/index.ts';
import type { AdvanceResult, EventResult } from './advance-result.ts';
import type { Env } from './env.ts';
import type { EventContext } from './event-context.ts';
import type { EngineEvent, EventMap } from './event.ts';
import { EVENT_HANDLERS } from './events/event-handlers.ts';
import { keepRememberedEvents } from './state/deduplicate-chat-events.ts';
import { readState } from './state/read-state.ts';
import type { Session } from './state/session.ts';
import { summarize } from './state/summary.ts';
import { writeState } from './state/write-state.ts';

/**
 * Decides what an event does to a session. Synchronous and pure: the same arguments return the same result, and there
 * are no side effects. It does not throw, whatever a document, a session or a message contains; errors are in `trace`.
 *
 * @param program - the bot's flows, with the versions that {@link versionsNeeded} returns as far as they still exist
 * @example
 * const event: EngineEvent = { kind: 'message', type: 'text', text: '/start', … };
 * const { session, effects } = advance(program, IDLE_SESSION, event, env);
 */
export function advance(program: BotProgram, session: Session, event: EngineEvent, env: Env): AdvanceResult {
  const before = readState(session);
  const result = keepRememberedEvents(handle({ program, session: before, event, env }), before, env.now);
  const { session: after, effects, answers, trace } = result;
  return {
    session: after === before ? session : writeState(after),
    summary: summarize(after),
    effects,
    answers,
    trace,
  };
}

function handle<Kind extends keyof EventMap>(
  context: EventContext<{ readonly kind: Kind } & EventMap[Kind]>,
): EventResult {
  return EVENT_HANDLERS[context.event.kind](context);
}
