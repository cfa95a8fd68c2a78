import type { BotProgram } from '../flow/index.ts';
import type { Env } from './env.ts';
import type { EngineEvent } from './event.ts';
import type { SessionState } from './state/session-state.ts';

/** Arguments of `advance`, with the session read from its stored form. */
export interface EventContext<Event = EngineEvent> {
  readonly program: BotProgram;
  readonly session: SessionState;
  readonly event: Event;
  readonly env: Env;
}
