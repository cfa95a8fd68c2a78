import { message, steps, type DialogueCase } from './dialogue-case.ts';

export const invoiceDialogue: DialogueCase = {
  flow: steps(
    {
      id: 'i',
      type: 'invoice',
      title: 'Tea',
      description: 'A cup',
      currency: 'XTR',
      prices: [{ label: 'Tea', amount: 3 }],
      save_to: 'paid',
    },
    message('b', 'Thanks for {{ paid.total_amount }}'),
  ),
  script: ['/start', { pay: true }],
  says: ['Tea', 'Thanks for 3'],
};
