import { message, steps, type DialogueCase } from './dialogue-case.ts';

export const httpDialogue: DialogueCase = {
  flow: steps({ id: 'h', type: 'http', url: 'https://example.com/', save: { n: 'n' } }, message('b', 'n is {{ n }}')),
  script: ['/start', { http: { body: { n: 5 } } }],
  says: ['GET https://example.com/', 'n is 5'],
};
