import { typedText, type InputBehaviour } from './input-behaviour.ts';
import { expectsNumber, readNumber } from './read-number.ts';

export const integerBehaviour: InputBehaviour<'integer'> = {
  expects: (input) => expectsNumber('a whole number', input),
  read: (input, event) => readNumber(input, true, typedText(event)),
};
