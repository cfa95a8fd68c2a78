import type { Parameters } from '../parameters/parameters.ts';
import type { BotState } from '../state/bot-state.ts';
import type { World } from '../state/world.ts';

/** One call of a bot. */
export interface MethodCall {
  readonly world: World;
  readonly bot: BotState;
  readonly parameters: Parameters;
  /** Aborted when the client went away. */
  readonly signal: AbortSignal;
  /** Adds a `description` to the answer. */
  describe(description: string): void;
}

/** Carries out a call and answers its `result`, or throws an `ApiError`. */
export type Method = (call: MethodCall) => unknown;
