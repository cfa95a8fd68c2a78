import type { InputBehavior } from './input-behavior.ts';
import { readFile } from './read-file.ts';

export const documentBehavior: InputBehavior<'document'> = {
  expects: () => 'Please send a file.',
  read: (_input, event) => readFile(event, 'document'),
};
