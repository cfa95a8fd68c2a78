import type { InputBehaviour } from './input-behaviour.ts';
import { readFile } from './read-file.ts';

export const documentBehaviour: InputBehaviour<'document'> = {
  expects: () => 'Please send a file.',
  read: (_input, event) => readFile(event, 'document'),
};
