import type { JsonObject } from '../../model/index.ts';
import type { Session } from './session.ts';

export const NO_STEP_STATE: JsonObject = Object.freeze({});

/** What the step that waits keeps for itself until it is left: how often an answer was tried, what is chosen so far. The object in the state itself, so that it can be compared. */
export function stepStateOf({ state: { kept } }: Session): JsonObject {
  // `Array.isArray` does not know read-only arrays.
  return typeof kept === 'object' && kept !== null && !Array.isArray(kept) ? (kept as JsonObject) : NO_STEP_STATE;
}
