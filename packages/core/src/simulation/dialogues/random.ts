import { message, steps, type DialogueCase } from './dialogue-case.ts';

export const randomDialogue: DialogueCase = {
  flow: steps(
    {
      id: 'r',
      type: 'random',
      branches: [
        { weight: 1, next: 'a' },
        { weight: 1, next: 'b' },
      ],
    },
    message('a', 'A', { next: 'x' }),
    message('b', 'B'),
    { id: 'x', type: 'end' },
  ),
  script: ['/start'],
  says: ['B'],
  options: { random: () => 0.9 },
};
