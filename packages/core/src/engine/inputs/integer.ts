import { typedText, type InputBehavior } from './input-behavior.ts';
import { expectsNumber, readNumber } from './read-number.ts';

export const integerBehavior: InputBehavior<'integer'> = {
  expects: (input) => expectsNumber('a whole number', input),
  read: (input, event) => readNumber(input, true, typedText(event)),
};
