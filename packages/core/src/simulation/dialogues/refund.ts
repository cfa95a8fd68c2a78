import { message, steps, type DialogueCase } from './dialogue-case.ts';

export const refundDialogue: DialogueCase = {
  flow: steps({ id: 'r', type: 'refund', charge: 'c1' }, message('b', 'Given back')),
  script: ['/start'],
  says: ['c1', 'Given back'],
};
