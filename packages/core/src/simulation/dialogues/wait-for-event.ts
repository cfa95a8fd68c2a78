import { message, steps, type DialogueCase } from './dialogue-case.ts';

export const waitForEventDialogue: DialogueCase = {
  flow: steps({ id: 'w', type: 'wait_for_event', event: 'paid', save_to: 'paid' }, message('b', 'Paid {{ paid.sum }}')),
  script: ['/start', { event: 'paid', data: { sum: 3 } }],
  says: ['Paid 3'],
};
