import type { CompiledInputMap, QuestionInput } from '../../flow/index.ts';
import type { JsonObject, JsonValue } from '../../model/index.ts';
import type { EventOf } from '../event.ts';
import type { Run } from '../run/run.ts';

/** What a message is as an answer. `refused`: it is none, and why, where that is more than what is expected. */
export type Reading = { readonly value: JsonValue } | { readonly refused: string | null };

/** A button of a question; `detail` is the input's own, 1 to 30 of a-z, 0-9 and `-`. */
export interface InputButton {
  readonly text: string;
  readonly detail: string;
}

/** What helps to answer: buttons below the question, or keys in place of the person's own keyboard. */
export type InputKeyboard =
  | { readonly kind: 'inline'; readonly rows: readonly (readonly InputButton[])[] }
  | { readonly kind: 'reply'; readonly rows: readonly (readonly JsonObject[])[] };

/** What a press on a button of the question is. */
export type InputPress =
  /** The answer; `label` is what to say was chosen. */
  | { readonly kind: 'answer'; readonly value: JsonValue; readonly label: string }
  /** The buttons change in place. `step_state`: what the question remembers from now on; left out: as before. */
  | { readonly kind: 'show'; readonly rows: readonly (readonly InputButton[])[]; readonly step_state?: JsonObject }
  /** Nothing but a notice. */
  | { readonly kind: 'notice'; readonly text: string | null }
  | { readonly kind: 'stale' };

/** What each input does. `run.step_state` is what it has remembered since the question was asked. */
export interface InputBehaviour<Name extends QuestionInput = QuestionInput> {
  /** What is asked for, in words for the person: "Please send a number." */
  expects(input: CompiledInputMap[Name], run: Run): string;
  read(input: CompiledInputMap[Name], event: EventOf<'message'>, run: Run): Reading;
  /** Absent or null: no buttons. */
  keyboard?(input: CompiledInputMap[Name], run: Run): InputKeyboard | null;
  /** Absent: the input has no inline buttons. */
  press?(input: CompiledInputMap[Name], detail: string, run: Run): InputPress;
}

export const REFUSED: Reading = Object.freeze({ refused: null });
export const STALE: InputPress = Object.freeze({ kind: 'stale' });
/** A button that is only there to be seen, such as the name of a month. */
export const NOTHING: InputPress = Object.freeze({ kind: 'notice', text: null });

/** What was typed; null for a photo and the like: a caption is no answer. */
export function typedText(event: EventOf<'message'>): string | null {
  return event.type === 'text' && event.text !== null && event.text.trim() !== '' ? event.text : null;
}
