import type { CompiledInputMap, QuestionInput } from '../../flow/index.ts';
import type { JsonValue } from '../../model/index.ts';
import type { EventOf } from '../event.ts';
import type { Run } from '../run.ts';

/** What a message is as an answer. `refused`: it is none, and why, where that is more than what is expected. */
export type Reading = { readonly value: JsonValue } | { readonly refused: string | null };

/** What each input does. */
export interface InputBehaviour<Name extends QuestionInput = QuestionInput> {
  /** What is asked for, in words for the person: "Please send a number." */
  expects(input: CompiledInputMap[Name], run: Run): string;
  read(input: CompiledInputMap[Name], event: EventOf<'message'>, run: Run): Reading;
}

export const REFUSED: Reading = Object.freeze({ refused: null });

/** What was typed; null for a photo and the like: a caption is no answer. */
export function typedText(event: EventOf<'message'>): string | null {
  return event.type === 'text' && event.text !== null && event.text.trim() !== '' ? event.text : null;
}
