import { message, steps, type DialogueCase } from './dialogue-case.ts';

export const questionDialogue: DialogueCase = {
  flow: steps(
    { id: 'age', type: 'question', text: 'Age?', input: 'integer', min: 1, retry: 'A number!' },
    message('b', '{{ age }}'),
  ),
  script: ['/start', 'x', '7'],
  says: ['Age?', 'A number!', '7'],
};
