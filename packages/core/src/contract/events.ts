import { z } from 'zod';
import { EVENT_NAME_PATTERN, jsonValue } from '../model/index.ts';
import { described } from './described.ts';
import { endpoint } from './endpoint.ts';

/** In characters of JSON: a step can save the data in the session. */
const MAX_DATA_LENGTH = 50_000;

export const events = {
  raise: endpoint({
    method: 'POST',
    path: '/api/bots/:id/users/:user_id/events',
    permission: 'write',
    body: z.strictObject({
      name: described(
        z.string().regex(EVENT_NAME_PATTERN, 'must have up to 64 letters, digits, `_`, `-`, `.` and `:`'),
        'Name of the event, as in the step `wait_for_event`.',
      ),
      data: described(
        jsonValue
          .default(null)
          .refine(
            (data) => JSON.stringify(data).length <= MAX_DATA_LENGTH,
            `must have at most ${MAX_DATA_LENGTH} characters of JSON`,
          ),
        'Data of the event. The step can save it, and templates read it as `event.data` until the flow waits again.',
      ),
      id: described(
        z.string().min(1).max(128).optional(),
        'Idempotency key, valid for two days: repeated calls with this ID continue the session only once.',
      ),
    }),
    response: z.object({
      continued: described(
        z.number().int(),
        'Number of sessions of the user that waited for the event and continued. With 0, the event is discarded.',
      ),
      is_repeated: described(
        z.boolean(),
        'True if a call with this ID was made before; `continued` is then the result of that call.',
      ),
    }),
    errors: ['BOT_NOT_FOUND', 'USER_NOT_FOUND', 'CONFLICT', 'UNAVAILABLE'],
    summary: 'Send an event to the flows of a user',
    description:
      'Continues the sessions of the user, in all their chats with the bot, that wait for this event. The ' +
      'response is sent when the result is committed; the messages of the flow are sent after that.',
  }),
};
