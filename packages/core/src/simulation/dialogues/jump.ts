import { steps, type DialogueCase } from './dialogue-case.ts';

export const jumpDialogue: DialogueCase = {
  flow: steps({ id: 'j', type: 'jump', flow: '/other' }),
  script: ['/start'],
  says: ['other'],
  options: { flows: [{ name: 'O', trigger_command: '/other', flow_data: { response: 'other' } }] },
};
