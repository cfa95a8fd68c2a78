import { message, steps, type DialogueCase } from './dialogue-case.ts';

export const conditionDialogue: DialogueCase = {
  flow: steps(
    { id: 'c', type: 'condition', if: { var: 'user.language', op: '=', value: 'de' }, then: 'g', else: 'e' },
    message('g', 'Hallo', { next: 'x' }),
    message('e', 'Hello'),
    { id: 'x', type: 'end' },
  ),
  script: ['/start'],
  says: ['Hallo'],
  options: { person: { language: 'de' } },
};
