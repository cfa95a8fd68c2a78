import { message, steps, type DialogueCase } from './dialogue-case.ts';

export const setAttributeDialogue: DialogueCase = {
  flow: steps(
    { id: 't', type: 'set_attribute', changes: [{ attribute: 'city', do: 'set', value: 'Rome' }] },
    { id: 'q', type: 'question', text: 'Well?' },
    message('b', '{{ user.attributes.city }}'),
  ),
  script: ['/start', 'x'],
  says: ['Well?', 'Rome'],
};
