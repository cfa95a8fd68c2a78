import { message, type DialogueCase } from './dialogue-case.ts';

export const loopDialogue: DialogueCase = {
  flow: {
    variables: { list: ['x', 'y'] },
    steps: [
      { id: 'l', type: 'loop', list: 'list', item: 'it', body: 'b', next: 'z' },
      message('b', '{{ it }}', { next: 'e' }),
      { id: 'e', type: 'end', ends: 'round' },
      message('z', 'end'),
    ],
  },
  script: ['/start'],
  says: ['x', 'y', 'end'],
};
