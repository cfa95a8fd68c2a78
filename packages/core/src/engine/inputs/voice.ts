import type { InputBehaviour } from './input-behaviour.ts';
import { readFile } from './read-file.ts';

export const voiceBehaviour: InputBehaviour<'voice'> = {
  expects: () => 'Please send a voice message.',
  read: (_input, event) => readFile(event, 'voice'),
};
