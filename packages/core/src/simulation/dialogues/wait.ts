import { message, steps, type DialogueCase } from './dialogue-case.ts';

export const waitDialogue: DialogueCase = {
  flow: steps(message('a', 'Wait'), { id: 'w', type: 'wait', for: { hours: 2 } }, message('b', 'Done')),
  script: ['/start', { wait: { hours: 2 } }],
  says: ['Wait', 'Done'],
};
