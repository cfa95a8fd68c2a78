import { z } from 'zod';
import { sessionRecord, uuid, waitReason } from '../model/index.ts';
import { endpoint } from './endpoint.ts';
import { listQuery, pageOf } from './queries.ts';

const errors = ['BOT_NOT_FOUND', 'SESSION_NOT_FOUND', 'CONFLICT', 'UNAVAILABLE'] as const;

export const sessions = {
  list: endpoint({
    method: 'GET',
    path: '/api/bots/:id/sessions',
    permission: 'read',
    query: listQuery({
      user_id: uuid.optional().describe('Only sessions of this person, in all chats.'),
      wait_reason: waitReason
        .optional()
        .describe('Only those that wait for this; `person`: for nothing but what the person does.'),
    }),
    response: pageOf(sessionRecord),
    errors: ['BOT_NOT_FOUND', 'CURSOR_INVALID'],
    summary: 'Who stands where: the sessions that are in a flow',
    description: 'By chat. A page may hold fewer than `limit`, or none, and still have a `next`.',
  }),
  get: endpoint({
    method: 'GET',
    path: '/api/bots/:id/sessions/:session_id',
    permission: 'read',
    response: sessionRecord,
    errors: ['BOT_NOT_FOUND', 'SESSION_NOT_FOUND'],
    summary: 'Get one session',
    description: 'Also one that is in no flow just now.',
  }),
  move: endpoint({
    method: 'POST',
    path: '/api/bots/:id/sessions/:session_id/move',
    permission: 'write',
    body: z.strictObject({
      step_id: z
        .string()
        .min(1)
        .max(64)
        .regex(/^[^\p{Cc}\p{Cs}]*$/u)
        .describe('A step of the flow that the session is in, of its version.'),
    }),
    response: sessionRecord,
    errors,
    summary: 'Move a session to a step',
    description:
      'As if the flow had come to the step: what it says is sent. Variables are kept, and the flows that called this one wait on; loops are left. What was waited for is over.',
  }),
  reset: endpoint({
    method: 'POST',
    path: '/api/bots/:id/sessions/:session_id/reset',
    permission: 'write',
    response: sessionRecord,
    errors,
    summary: 'Let a session begin again',
    description: 'The flow that the person began starts anew, in the version in force, without variables.',
  }),
  giveBack: endpoint({
    method: 'POST',
    path: '/api/bots/:id/sessions/:session_id/give_back',
    permission: 'write',
    response: sessionRecord,
    errors,
    summary: 'Give a session back to its flow',
    description: 'What a `handover` step has silenced goes on with its next step.',
  }),
  end: endpoint({
    method: 'POST',
    path: '/api/bots/:id/sessions/:session_id/end',
    permission: 'write',
    response: sessionRecord,
    errors,
    summary: 'End a session',
    description: 'The person is in no flow any more. Nothing is sent.',
  }),
};
