import { z } from 'zod';
import { answer, instant, uuid } from '../model/index.ts';
import { described } from './described.ts';
import { endpoint } from './endpoint.ts';
import { listQuery, pageOf } from './queries.ts';

const name = z.string().regex(/^[^\p{Cc}\p{Cs}]{1,256}$/u, 'must have 1 to 256 characters and no control characters');

export const answers = {
  list: endpoint({
    method: 'GET',
    path: '/api/bots/:id/answers',
    permission: 'read',
    query: listQuery({
      user_id: described(uuid.optional(), 'Only answers of this user.'),
      flow_id: described(uuid.optional(), 'Only answers to questions of this flow.'),
      step_id: described(name.optional(), 'Only answers to this question.'),
      variable: described(name.optional(), 'Only answers that are stored in this variable.'),
      from: described(instant.optional(), 'At or after this time.'),
      to: described(instant.optional(), 'Before this time.'),
    }),
    response: pageOf(answer),
    errors: ['BOT_NOT_FOUND', 'CURSOR_INVALID'],
    summary: 'List the answers to the questions of a bot, newest first',
    description:
      'One row per answered question. `value` has the type of the answer: a number is a number, a list is a list. ' +
      'Answers remain when the flow is changed or deleted.',
  }),
};
