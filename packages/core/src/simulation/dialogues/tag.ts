import { message, steps, type DialogueCase } from './dialogue-case.ts';

export const tagDialogue: DialogueCase = {
  flow: steps({ id: 't', type: 'tag', tags: ['vip'] }, message('b', '{{ user.tags }}')),
  script: ['/start'],
  says: ['vip'],
};
