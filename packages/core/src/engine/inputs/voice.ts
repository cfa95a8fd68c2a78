import type { InputBehavior } from './input-behavior.ts';
import { readFile } from './read-file.ts';

export const voiceBehavior: InputBehavior<'voice'> = {
  expects: () => 'Please send a voice message.',
  read: (_input, event) => readFile(event, 'voice'),
};
