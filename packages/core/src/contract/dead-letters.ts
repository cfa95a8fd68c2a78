import { z } from 'zod';
import { integerId, jsonObject, timestamp, uuid } from '../model/index.ts';
import { described } from './described.ts';
import { endpoint } from './endpoint.ts';
import { listQuery, pageOf } from './queries.ts';

/** An update or job that could not be processed, with the reason. */
const deadLetter = z.object({
  id: integerId,
  bot_id: uuid.nullable(),
  kind: described(z.string(), '`update` or `job`.'),
  update_id: integerId.nullable(),
  payload: jsonObject,
  reason: z.string(),
  created_at: timestamp,
});

const replayResult = z.object({
  result: described(
    z.enum(['processed', 'duplicate', 'dropped', 'dead_letter', 'queued']),
    'Result of the new attempt. `queued`: the dead letter is a job, which runs again soon.',
  ),
});

export const deadLetters = {
  list: endpoint({
    method: 'GET',
    path: '/api/bots/:id/dead_letters',
    permission: 'read',
    query: listQuery({}),
    response: pageOf(deadLetter),
    errors: ['BOT_NOT_FOUND', 'CURSOR_INVALID'],
    summary: 'List the updates and jobs that could not be processed, newest first',
  }),
  replay: endpoint({
    method: 'POST',
    path: '/api/bots/:id/dead_letters/:dead_letter_id/replay',
    permission: 'write',
    response: replayResult,
    errors: ['BOT_NOT_FOUND', 'DEAD_LETTER_NOT_FOUND', 'CONFLICT', 'UNAVAILABLE'],
    summary: 'Process a dead letter again',
  }),
};
