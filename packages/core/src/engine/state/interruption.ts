import { isJsonObject, type JsonObject } from '../../model/index.ts';
import type { Session } from './session.ts';

/**
 * A session that was interrupted, as it was then; plain data. There is one at the most: what interrupts an interruption leaves it as it is,
 * so that people cannot pile them up.
 */
export type Interrupted = { readonly flow_version_id: number; readonly step_id: string; readonly state: JsonObject };

/** What waits for the flow of this session to end. The object in the state itself, so that it can be compared. */
export function interruptedOf({ state: { interrupted } }: Session): Interrupted | null {
  if (
    !isJsonObject(interrupted) ||
    typeof interrupted.flow_version_id !== 'number' ||
    typeof interrupted.step_id !== 'string'
  )
    return null;
  // Written by `interruptedState`: a session.
  return interrupted as unknown as Interrupted;
}

/** What of it goes into a session's state. */
export function interruptedState(interrupted: Interrupted | null): JsonObject {
  return interrupted === null ? {} : { interrupted };
}
