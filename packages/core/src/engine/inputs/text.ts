import { REFUSED, typedText, type InputBehaviour } from './input-behaviour.ts';

export const textBehaviour: InputBehaviour<'text'> = {
  expects: () => 'Please answer with a text message.',
  read(_input, event) {
    const text = typedText(event);
    return text === null ? REFUSED : { value: text };
  },
};
