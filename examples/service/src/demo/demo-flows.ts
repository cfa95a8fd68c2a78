import type { CreateFlowInput } from '@botloom/core';

/** What the demo bot can do: each form of a flow once, in the order in which they are made. */
export const demoFlows: readonly CreateFlowInput[] = [
  {
    name: 'Registration',
    trigger_command: 'register',
    flow_data: {
      steps: [
        { id: 'welcome', type: 'message', text: 'Nice to have you here, {{ user.first_name }}. Two short questions.' },
        { id: 'name', type: 'question', text: 'What shall I call you?' },
        {
          id: 'age',
          type: 'question',
          text: 'And how old are you, {{ name }}?',
          input: 'number',
          min: 1,
          max: 120,
          integer: true,
          retry: 'A whole number from 1 to 120, please.',
        },
        { id: 'done', type: 'message', text: 'Thank you, {{ name }}: {{ age }} is a fine age. That was a flow of four steps; /start shows the menu again.' },
      ],
      initial_step: 'welcome',
    },
  },
  {
    name: 'Menu',
    trigger_command: 'start',
    flow_data: {
      steps: [
        {
          id: 'menu',
          type: 'menu',
          text: 'Hello {{ user.first_name }}! I am {{ bot.name }}, and I run on your machine. What would you like to see?',
          buttons: [
            { text: 'Ask me two questions', flow: '/register' },
            [
              { text: 'How do you work?', next: 'how' },
              { text: 'Say something', response: 'Something. A button can simply answer, and the menu stays.' },
            ],
            { text: 'The Bot API', url: 'https://core.telegram.org/bots/api' },
          ],
        },
        {
          id: 'how',
          type: 'menu',
          text: 'Your message came in through a real webhook, was processed and committed to the database, and only then acknowledged. My answer left through the outbox.',
          buttons: [{ text: 'Back to the menu', next: 'menu' }],
        },
      ],
      initial_step: 'menu',
    },
  },
  {
    name: 'Anything else',
    is_default: true,
    flow_data: { response: 'You said: {{ message.text }}\nNo flow is waiting for that. Try /start or /register.' },
  },
];
