import { z } from 'zod';
import { answer, uuid } from '../model/index.ts';
import { endpoint } from './endpoint.ts';
import { listQuery, pageOf } from './queries.ts';

const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text).toISOString());
const name = z
  .string()
  .regex(/^[^\p{Cc}\p{Cs}]{1,256}$/u, 'must have 1 to 256 characters, none of them a control character');

export const answers = {
  list: endpoint({
    method: 'GET',
    path: '/api/bots/:id/answers',
    permission: 'read',
    query: listQuery({
      user_id: uuid.optional().describe('Only answers of this person.'),
      flow_id: uuid.optional().describe('Only answers to questions of this flow.'),
      step_id: name.optional().describe('Only answers to this question.'),
      variable: name.optional().describe('Only answers that are kept under this name.'),
      from: instant.optional().describe('Not before this time.'),
      to: instant.optional().describe('Before this time.'),
    }),
    response: pageOf(answer),
    errors: ['BOT_NOT_FOUND', 'CURSOR_INVALID'],
    summary: 'What people answered to the questions of a bot, newest first',
    description:
      'A row for every question answered, with the `value` as what it is: a number as a number, a list as a list. Rows stay when the flow is changed or deleted.',
  }),
};
