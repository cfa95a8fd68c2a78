import { message, steps, type DialogueCase } from './dialogue-case.ts';

export const untagDialogue: DialogueCase = {
  flow: steps({ id: 't', type: 'untag', tags: ['vip'] }, message('b', 'now: {{ user.tags }}')),
  script: ['/start'],
  says: ['now: new'],
  options: { person: { tags: ['vip', 'new'] } },
};
