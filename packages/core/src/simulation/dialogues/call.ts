import { message, steps, type DialogueCase } from './dialogue-case.ts';

export const callDialogue: DialogueCase = {
  flow: steps({ id: 'c', type: 'call', flow: 'Other' }, message('b', 'back')),
  script: ['/start'],
  says: ['other', 'back'],
  options: { flows: [{ name: 'Other', flow_data: { response: 'other' } }] },
};
