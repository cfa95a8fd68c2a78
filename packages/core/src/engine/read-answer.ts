import type { CompiledQuestion, QuestionInput } from '../flow/index.ts';
import type { JsonValue } from '../model/index.ts';
import type { EventOf } from './event.ts';
import { parseNumber } from './parse-number.ts';

/** Reads a message as the answer to a question; null when it is none. */
export function readAnswer(question: CompiledQuestion, event: EventOf<'message'>): JsonValue | null {
  return READERS[question.input](question, event);
}

/** How each input is read: the table does not compile until it knows them all. */
const READERS: { readonly [Input in QuestionInput]: (question: CompiledQuestion, event: EventOf<'message'>) => JsonValue | null } = {
  text: (_question, event) => typedText(event),
  number(question, event) {
    const text = typedText(event);
    const number = text === null ? null : parseNumber(text);
    if (number === null || (question.integer && !Number.isInteger(number))) return null;
    if ((question.min !== null && number < question.min) || (question.max !== null && number > question.max)) return null;
    return number;
  },
};

/** A caption is no answer: the person sent a photo. */
function typedText(event: EventOf<'message'>): string | null {
  return event.type === 'text' && event.text !== null && event.text.trim() !== '' ? event.text : null;
}
