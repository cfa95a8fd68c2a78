import type { Parameters } from '../parameters/parameters.ts';
import type { BotState } from '../state/bot-state.ts';
import type { World } from '../state/world.ts';

/** One call of a bot. */
export interface MethodCall {
  readonly world: World;
  readonly bot: BotState;
  readonly parameters: Parameters;
  /** Aborted when the client closes the connection. */
  readonly signal: AbortSignal;
  /** Adds a `description` to the response. */
  describe(description: string): void;
}

/** Executes a call and returns its `result`, or throws an `ApiError`. */
export type Method = (call: MethodCall) => unknown;
