import { z } from 'zod';
import { sessionRecord, uuid, waitReason } from '../model/index.ts';
import { described } from './described.ts';
import { endpoint } from './endpoint.ts';
import { listQuery, pageOf } from './queries.ts';

const errors = ['BOT_NOT_FOUND', 'SESSION_NOT_FOUND', 'CONFLICT', 'UNAVAILABLE'] as const;

export const sessions = {
  list: endpoint({
    method: 'GET',
    path: '/api/bots/:id/sessions',
    permission: 'read',
    query: listQuery({
      user_id: described(uuid.optional(), 'Only sessions of this user, in all chats.'),
      wait_reason: described(
        waitReason.optional(),
        'Only sessions that wait for this reason. `person`: only the next message or button press of the user.',
      ),
    }),
    response: pageOf(sessionRecord),
    errors: ['BOT_NOT_FOUND', 'CURSOR_INVALID'],
    summary: 'List the sessions that are in a flow',
    description: 'Sorted by chat. A page can have fewer records than `limit`, or none, and still have a `next`.',
  }),
  get: endpoint({
    method: 'GET',
    path: '/api/bots/:id/sessions/:session_id',
    permission: 'read',
    response: sessionRecord,
    errors: ['BOT_NOT_FOUND', 'SESSION_NOT_FOUND'],
    summary: 'Get one session',
    description: 'Also returns a session that is in no flow.',
  }),
  move: endpoint({
    method: 'POST',
    path: '/api/bots/:id/sessions/:session_id/move',
    permission: 'write',
    body: z.strictObject({
      step_id: described(
        z
          .string()
          .min(1)
          .max(64)
          .regex(/^[^\p{Cc}\p{Cs}]*$/u),
        "A step of the session's flow, in the session's version.",
      ),
    }),
    response: sessionRecord,
    errors,
    summary: 'Move a session to a step',
    description:
      'Continues the session at the step, as if the flow had reached it: its messages are sent. Variables ' +
      'remain, and the flows that called this one continue to wait. Loops are left, and the current wait is ' +
      'canceled.',
  }),
  reset: endpoint({
    method: 'POST',
    path: '/api/bots/:id/sessions/:session_id/reset',
    permission: 'write',
    response: sessionRecord,
    errors,
    summary: 'Restart a session',
    description: 'Starts the flow that the user began again, in its current version and without variables.',
  }),
  giveBack: endpoint({
    method: 'POST',
    path: '/api/bots/:id/sessions/:session_id/give_back',
    permission: 'write',
    response: sessionRecord,
    errors,
    summary: 'Give a session back to its flow',
    description: 'Continues a flow that a `handover` step paused, with its next step.',
  }),
  end: endpoint({
    method: 'POST',
    path: '/api/bots/:id/sessions/:session_id/end',
    permission: 'write',
    response: sessionRecord,
    errors,
    summary: 'End a session',
    description: 'Takes the user out of the flow. Nothing is sent.',
  }),
};
