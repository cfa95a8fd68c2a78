import { parseNumber } from './parse-number.ts';
import { REFUSED, typedText, type InputBehaviour } from './input-behaviour.ts';

export const numberBehaviour: InputBehaviour<'number'> = {
  expects: (input) => expectsNumber(input.integer ? 'a whole number' : 'a number', input),
  read: (input, event) => readNumber(input, input.integer, typedText(event)),
};

export const integerBehaviour: InputBehaviour<'integer'> = {
  expects: (input) => expectsNumber('a whole number', input),
  read: (input, event) => readNumber(input, true, typedText(event)),
};

interface Bounds {
  readonly min: number | null;
  readonly max: number | null;
}

function readNumber({ min, max }: Bounds, whole: boolean, text: string | null): ReturnType<typeof numberBehaviour.read> {
  const number = text === null ? null : parseNumber(text);
  if (number === null || (whole && !Number.isInteger(number))) return REFUSED;
  if ((min !== null && number < min) || (max !== null && number > max)) return REFUSED;
  return { value: number };
}

function expectsNumber(number: string, { min, max }: Bounds): string {
  if (min !== null && max !== null) return `Please send ${number} from ${min} to ${max}.`;
  if (min !== null) return `Please send ${number}, ${min} or more.`;
  if (max !== null) return `Please send ${number}, ${max} or less.`;
  return `Please send ${number}.`;
}
