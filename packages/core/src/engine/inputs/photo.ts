import type { InputBehaviour } from './input-behaviour.ts';
import { readFile } from './read-file.ts';

export const photoBehaviour: InputBehaviour<'photo'> = {
  expects: () => 'Please send a photo.',
  read: (_input, event) => readFile(event, 'photo'),
};
