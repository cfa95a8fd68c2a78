import type { DialogueCase } from './dialogue-case.ts';

export const menuDialogue: DialogueCase = {
  flow: { type: 'menu', text: 'Pick', buttons: [{ text: 'A', response: 'You chose A' }] },
  script: ['/start', { press: 'A' }],
  says: ['Pick', 'You chose A'],
};
