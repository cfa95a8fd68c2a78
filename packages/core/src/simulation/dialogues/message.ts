import { message, steps, type DialogueCase } from './dialogue-case.ts';

export const messageDialogue: DialogueCase = {
  flow: steps(message('a', 'Hi {{ user.first_name }}')),
  script: ['/start'],
  says: ['Hi Ann'],
};
