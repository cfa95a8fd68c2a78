import type { InputBehavior } from './input-behavior.ts';
import { readFile } from './read-file.ts';

export const videoBehavior: InputBehavior<'video'> = {
  expects: () => 'Please send a video.',
  read: (_input, event) => readFile(event, 'video'),
};
