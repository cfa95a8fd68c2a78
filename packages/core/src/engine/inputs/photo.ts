import type { InputBehavior } from './input-behavior.ts';
import { readFile } from './read-file.ts';

export const photoBehavior: InputBehavior<'photo'> = {
  expects: () => 'Please send a photo.',
  read: (_input, event) => readFile(event, 'photo'),
};
