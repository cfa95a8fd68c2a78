import type { CreateFlowInput } from '@botloom/core';

/** Flows of the demo bot, in the order of creation: each form of a flow, and an order with a date and a payment. */
export const demoFlows: readonly CreateFlowInput[] = [
  {
    name: 'Registration',
    trigger_command: 'register',
    flow_data: {
      description: 'Two short questions',
      steps: [
        { id: 'welcome', type: 'message', text: 'Nice to have you here, {{ user.first_name }}. Two short questions.' },
        { id: 'name', type: 'question', text: 'What is your name?' },
        {
          id: 'age',
          type: 'question',
          text: 'And how old are you, {{ name }}?',
          input: 'number',
          min: 1,
          max: 120,
          integer: true,
          retry: 'Please send a whole number from 1 to 120.',
        },
        {
          id: 'done',
          type: 'message',
          text:
            'Thank you, {{ name }}: {{ age }} is a fine age. ' +
            'That was a flow of four steps. Send /start to see the menu again.',
        },
      ],
      initial_step: 'welcome',
    },
  },
  {
    name: 'Tea',
    trigger_command: 'tea',
    flow_data: {
      description: 'Order a tea',
      steps: [
        {
          id: 'kind',
          type: 'question',
          text: 'Which tea would you like?',
          input: 'choice',
          options: ['Green', 'Black', { label: 'Herbs (no caffeine)', value: 'Herbal' }],
        },
        {
          id: 'extras',
          type: 'question',
          text: 'What would you like with it? Choose as many as you like.',
          input: 'multiple_choice',
          options: ['Milk', 'Honey', 'Lemon'],
        },
        { id: 'day', type: 'question', text: 'For which day?', input: 'date', min: 'today', max: 'today+2w' },
        {
          id: 'pay',
          type: 'invoice',
          title: '{{ kind }} tea',
          description:
            'On {{ day }}{% if extras %}, with {{ extras | join: ", " }}{% endif %}. ' +
            'The Stars are part of the demo. You pay nothing.',
          currency: 'XTR',
          prices: [{ label: 'A tea', amount: 5 }],
          timeout: { minutes: 10 },
          on_timeout: 'late',
        },
        { id: 'guest', type: 'tag', tags: ['tea'] },
        { id: 'soon', type: 'message', text: 'Thank you! The water is on.', typing: true },
        { id: 'brew', type: 'wait', for: { seconds: 3 } },
        {
          id: 'ready',
          type: 'message',
          parse_mode: 'HTML',
          text:
            '<b>Your {{ kind | downcase }} tea is ready</b>, {{ user.first_name }}. ' +
            'The wait would have continued after a restart.',
          next: null,
        },
        { id: 'late', type: 'message', text: 'The water is cold now. Send /tea to start again.' },
      ],
    },
  },
  {
    name: 'Menu',
    trigger_command: 'start',
    flow_data: {
      description: 'The menu',
      steps: [
        {
          id: 'menu',
          type: 'menu',
          text:
            'Hello {{ user.first_name }}! I am {{ bot.name }}, and I run on your machine. ' +
            'What would you like to see?',
          buttons: [
            [
              { text: 'Ask me two questions', flow: '/register' },
              { text: 'Order a tea', flow: '/tea' },
            ],
            [
              { text: 'How do you work?', next: 'how' },
              { text: 'Say something', response: 'Something. A button can reply, and the menu stays.' },
            ],
            { text: 'The Bot API', url: 'https://core.telegram.org/bots/api' },
          ],
        },
        {
          id: 'how',
          type: 'menu',
          text:
            'Your message arrived through a real webhook. It was processed and committed to the database, ' +
            'and only then acknowledged. My reply was sent through the outbox.',
          buttons: [{ text: 'Back to the menu', next: 'menu' }],
        },
      ],
      initial_step: 'menu',
    },
  },
  {
    name: 'Anything else',
    is_default: true,
    flow_data: {
      response: 'You said: {{ message.text }}\nNo flow handles this message. Try /start, /register or /tea.',
    },
  },
];
