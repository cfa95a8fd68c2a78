import { steps, type DialogueCase } from './dialogue-case.ts';

export const notifyDialogue: DialogueCase = {
  flow: steps({ id: 'n', type: 'notify', to: 'staff', text: 'A guest' }),
  script: ['/start'],
  says: ['to -5: A guest'],
  options: { bot: { chats: { staff: -5 } } },
};
