import { findFile, textMember } from './content-of.ts';
import type { InputBehavior } from './input-behavior.ts';

export const anyBehavior: InputBehavior<'any'> = {
  expects: () => 'Please send a message.',
  read(_input, { type, text, content }) {
    const file = findFile(content, type);
    return { value: { type, text, file_id: file === null ? null : textMember(file, 'file_id') } };
  },
};
