import { message, steps, type DialogueCase } from './dialogue-case.ts';

export const setDialogue: DialogueCase = {
  flow: steps({ id: 's', type: 'set', changes: [{ variable: 'n', do: 'set', value: 4 }] }, message('b', '{{ n }}')),
  script: ['/start'],
  says: ['4'],
};
