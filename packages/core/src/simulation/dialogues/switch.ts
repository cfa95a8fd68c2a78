import { message, steps, type DialogueCase } from './dialogue-case.ts';

export const switchDialogue: DialogueCase = {
  flow: steps(
    { id: 's', type: 'switch', value: '{{ user.language }}', cases: [{ is: 'de', next: 'g' }], next: 'e' },
    message('g', 'Hallo', { next: 'x' }),
    message('e', 'Hello'),
    { id: 'x', type: 'end' },
  ),
  script: ['/start'],
  says: ['Hello'],
};
