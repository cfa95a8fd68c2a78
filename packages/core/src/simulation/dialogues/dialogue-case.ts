import type { ScriptAction, SimulationOptions } from '../index.ts';

/** A flow, what the person and the outside world do, and the texts that the bot sends. */
export interface DialogueCase {
  readonly flow: object;
  readonly script: readonly ScriptAction[];
  readonly says: readonly string[];
  readonly options?: SimulationOptions;
}

/** Returns a flow document with these steps. */
export function steps(...list: readonly object[]): object {
  return { steps: list };
}

/** Returns a message step. */
export function message(id: string, text: string, more: object = {}): object {
  return { id, type: 'message', text, ...more };
}
