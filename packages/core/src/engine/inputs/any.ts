import { fileIn, textIn } from './content-of.ts';
import type { InputBehaviour } from './input-behaviour.ts';

export const anyBehaviour: InputBehaviour<'any'> = {
  expects: () => 'Please send a message.',
  read(_input, { type, text, content }) {
    const file = fileIn(content, type);
    return { value: { type, text, file_id: file === null ? null : textIn(file, 'file_id') } };
  },
};
