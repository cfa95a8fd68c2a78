import { message, steps, type DialogueCase } from './dialogue-case.ts';

export const handoverDialogue: DialogueCase = {
  flow: steps({ id: 'h', type: 'handover' }, message('b', 'Back')),
  script: ['/start', 'Anybody?', { operator: { kind: 'give_back' } }],
  says: ['Back'],
};
