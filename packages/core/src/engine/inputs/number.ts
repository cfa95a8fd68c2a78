import { typedText, type InputBehaviour } from './input-behaviour.ts';
import { expectsNumber, readNumber } from './read-number.ts';

export const numberBehaviour: InputBehaviour<'number'> = {
  expects: (input) => expectsNumber(input.integer ? 'a whole number' : 'a number', input),
  read: (input, event) => readNumber(input, input.integer, typedText(event)),
};
