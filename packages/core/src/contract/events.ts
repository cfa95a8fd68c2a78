import { z } from 'zod';
import { EVENT_NAME, jsonValue } from '../model/index.ts';
import { endpoint } from './endpoint.ts';

/** Characters of JSON: what is saved of it has room in a session. */
const LONGEST_DATA = 50_000;

export const events = {
  raise: endpoint({
    method: 'POST',
    path: '/api/bots/:id/users/:user_id/events',
    permission: 'write',
    body: z.strictObject({
      name: z
        .string()
        .regex(EVENT_NAME, 'must have letters, digits, `_`, `-`, `.` and `:`, 64 at most')
        .describe('What happened, as the step `wait_for_event` calls it.'),
      data: jsonValue
        .default(null)
        .refine(
          (data) => JSON.stringify(data).length <= LONGEST_DATA,
          `must have ${LONGEST_DATA} characters of JSON at most`,
        )
        .describe(
          'What is known of it: the step may save it, and templates see it as `event.data` until the flow waits again.',
        ),
      id: z
        .string()
        .min(1)
        .max(128)
        .optional()
        .describe('Names this call for two days: however often it is made, it continues the session once.'),
    }),
    response: z.object({
      continued: z
        .number()
        .int()
        .describe(
          'How many sessions of the person waited for it and went on. 0: nobody did, and nothing is kept for later.',
        ),
      is_repeated: z
        .boolean()
        .describe('Whether a call with this id was made before; `continued` is what it did then.'),
    }),
    errors: ['BOT_NOT_FOUND', 'USER_NOT_FOUND', 'CONFLICT', 'UNAVAILABLE'],
    summary: 'Tell a person’s flow that something has happened',
    description:
      'Continues the sessions of the person, in all their chats with the bot, that wait for this event. Answered when it is committed; what the flow says then is sent after that.',
  }),
};
