import type { InputBehaviour } from './input-behaviour.ts';
import { readFile } from './read-file.ts';

export const videoBehaviour: InputBehaviour<'video'> = {
  expects: () => 'Please send a video.',
  read: (_input, event) => readFile(event, 'video'),
};
