import { message, steps, type DialogueCase } from './dialogue-case.ts';

export const endDialogue: DialogueCase = {
  flow: steps(message('a', 'a'), { id: 'e', type: 'end' }),
  script: ['/start'],
  says: ['a'],
};
