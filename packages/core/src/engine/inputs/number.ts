import { typedText, type InputBehavior } from './input-behavior.ts';
import { expectsNumber, readNumber } from './read-number.ts';

export const numberBehavior: InputBehavior<'number'> = {
  expects: (input) => expectsNumber(input.integer ? 'a whole number' : 'a number', input),
  read: (input, event) => readNumber(input, input.integer, typedText(event)),
};
