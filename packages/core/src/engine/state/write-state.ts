import type { JsonObject } from '../../model/index.ts';
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
  return {
    ...(variables === NO_VARIABLES ? {} : { variables }),
    ...(stack.rounds.length === 0 ? {} : { rounds: stack.rounds }),
    ...(stack.frames.length === 0 ? {} : { frames: stack.frames }),
    ...(origin === null ? {} : { origin }),
    ...(interrupted === null ? {} : { interrupted: writeInterrupted(interrupted) }),
    ...(wait === null ? {} : { wait }),
    ...(step_state === NO_STEP_STATE ? {} : { kept: step_state }),
    ...(chat_event_times === NO_EVENT_TIMES ? {} : { told: chat_event_times }),
  };
}
