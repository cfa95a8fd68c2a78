import { message, steps, type DialogueCase } from './dialogue-case.ts';

export const actionDialogue: DialogueCase = {
  flow: steps(
    { id: 'h', type: 'action', action: 'charge', input: { amount: 2 }, save_to: 'receipt' },
    message('b', '{{ receipt }}'),
  ),
  script: ['/start', { action: 'R1' }],
  says: ['charge', 'R1'],
};
