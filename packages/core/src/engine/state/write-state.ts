import type { JsonObject, JsonValue } from '../../model/index.ts';
import {
  IDLE_STATE,
  NO_EVENT_TIMES,
  NO_STEP_STATE,
  NO_VARIABLES,
  type InterruptedState,
  type SessionState,
} from './session-state.ts';
import { IDLE_SESSION, type Session } from './session.ts';

/** Returns the stored form of a session, which `readState` reads. A member is written only while it holds something. */
export function writeState(session: SessionState): Session {
  if (session === IDLE_STATE) return IDLE_SESSION;
  return { flow_version_id: session.flow_version_id, step_id: session.step_id, state: stateOf(session) };
}

/** Returns the JSON of an interrupted session, as it is part of the state of the one that interrupted it. */
export function writeInterrupted(interrupted: InterruptedState): JsonObject {
  const { flow_version_id, step_id } = interrupted;
  return { flow_version_id, step_id, state: stateOf(interrupted) };
}

function stateOf(session: SessionState): JsonObject {
  const { variables, stack, wait, step_state, origin, interrupted, chat_event_times } = session;
  // Assignments, since this is done for every event: spreading a literal per member costs several times as much.
  const state: Record<string, JsonValue> = {};
  if (variables !== NO_VARIABLES) state.variables = variables;
  if (stack.rounds.length > 0) state.rounds = stack.rounds;
  if (stack.frames.length > 0) state.frames = stack.frames;
  if (origin !== null) state.origin = origin;
  if (interrupted !== null) state.interrupted = writeInterrupted(interrupted);
  if (wait !== null) state.wait = wait;
  if (step_state !== NO_STEP_STATE) state.kept = step_state;
  if (chat_event_times !== NO_EVENT_TIMES) state.told = chat_event_times;
  return state;
}
