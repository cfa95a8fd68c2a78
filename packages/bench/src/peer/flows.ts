import type { CreateFlowInput } from '@botloom/core';

/**
 * The flows of the shared benchmark in Botloom's language: a form, a menu, an echo. The load generator expects these
 * texts.
 */
export const FLOWS: readonly CreateFlowInput[] = [
  {
    name: 'form',
    trigger_command: 'start',
    flow_data: {
      steps: [
        { id: 'greeting', type: 'message', text: 'Hello, {{ user.first_name }}!' },
        { id: 'name', type: 'question', text: 'What is your name?' },
        {
          id: 'age',
          type: 'question',
          text: 'How old are you?',
          input: 'number',
          integer: true,
          min: 1,
          max: 150,
          retry: 'Please send your age as a number.',
        },
        { id: 'thanks', type: 'message', text: 'Thank you! Name: {{ name }}, age: {{ age }}.' },
      ],
      initial_step: 'greeting',
    },
  },
  {
    name: 'menu',
    trigger_command: 'menu',
    flow_data: {
      type: 'menu',
      text: 'Choose an option:',
      buttons: [
        ['One', 'Two', 'Three'].map((text, index) => {
          const chosen = `You chose option ${index + 1}.`;
          return { text, callback_data: `menu:${index + 1}`, answer: chosen, response: chosen };
        }),
      ],
    },
  },
  { name: 'echo', is_default: true, flow_data: { response: 'Echo: {{ message.text }}' } },
];
