import type { CompiledInputMap, QuestionInput } from '../../flow/index.ts';
import type { JsonObject, JsonValue } from '../../model/index.ts';
import type { EventOf } from '../event.ts';
import type { Run } from '../run/run.ts';

/**
 * Result of reading a message as an answer. `refused`: the message is not a valid answer. The text contains the reason
 * if the description of the expected answer (`expects`) does not.
 */
export type ReadResult = { readonly value: JsonValue } | { readonly refused: string | null };

/** A button of a question; `detail` is defined by the input, 1 to 30 of a-z, 0-9 and `-`. */
export interface InputButton {
  readonly text: string;
  readonly detail: string;
}

/** Inline buttons below the question, or a reply keyboard. */
export type InputKeyboard =
  | { readonly kind: 'inline'; readonly rows: readonly (readonly InputButton[])[] }
  | { readonly kind: 'reply'; readonly rows: readonly (readonly JsonObject[])[] };

/** Effect of a press of one of the question's buttons. */
export type InputPress =
  /** The answer; `label` is shown as the choice. */
  | { readonly kind: 'answer'; readonly value: JsonValue; readonly label: string }
  /** The buttons change in place. `step_state`: the new state of the question; left out: unchanged. */
  | { readonly kind: 'show'; readonly rows: readonly (readonly InputButton[])[]; readonly step_state?: JsonObject }
  /** Only a notice. */
  | { readonly kind: 'notice'; readonly text: string | null }
  | { readonly kind: 'stale' };

/** Behavior of an input. `run.step_state` is its state since the question was asked. */
export interface InputBehavior<Name extends QuestionInput = QuestionInput> {
  /** Description of the expected answer for the person: "Please send a number." */
  expects(input: CompiledInputMap[Name], run: Run): string;
  read(input: CompiledInputMap[Name], event: EventOf<'message'>, run: Run): ReadResult;
  /** Absent or null: no buttons. */
  keyboard?(input: CompiledInputMap[Name], run: Run): InputKeyboard | null;
  /** Absent: the input has no inline buttons. */
  press?(input: CompiledInputMap[Name], detail: string, run: Run): InputPress;
}

export const REJECTED: ReadResult = Object.freeze({ refused: null });
export const STALE: InputPress = Object.freeze({ kind: 'stale' });
/** A button without an action, such as the name of a month. */
export const NO_ACTION: InputPress = Object.freeze({ kind: 'notice', text: null });

/** Returns the typed text; null for a photo and the like: a caption is not an answer. */
export function typedText(event: EventOf<'message'>): string | null {
  return event.type === 'text' && event.text !== null && event.text.trim() !== '' ? event.text : null;
}
