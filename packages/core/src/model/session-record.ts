import * as z from 'zod';
import { integerId, timestamp, uuid } from './values.ts';

/** The reason that a session in a flow waits: for the user, or for something outside. */
export const waitReason = z.enum([
  'person',
  'answer',
  'time',
  'http',
  'action',
  'event',
  'payment',
  'refund',
  'handover',
]);
export type WaitReasonName = z.infer<typeof waitReason>;

/** The position of a user in a chat, as an operator sees it. */
export const sessionRecord = z.object({
  /** Chat, topic and user: `5550001_0_5550001`. */
  id: z.string(),
  bot_id: uuid,
  chat_id: integerId,
  /** 0 outside topics. */
  thread_id: integerId,
  user: z
    .object({
      id: uuid,
      chat_id: integerId,
      username: z.string().nullable(),
      first_name: z.string(),
      last_name: z.string().nullable(),
    })
    .nullable(),
  /** The current flow and its version; null if the session is in no flow, or the flow was deleted. */
  flow_id: uuid.nullable(),
  flow_name: z.string().nullable(),
  flow_version: z.number().int().nullable(),
  /** The step that the session waits at; null if it is in no flow. */
  step_id: z.string().nullable(),
  wait_reason: waitReason.nullable(),
  /** Details of the wait: the name of an event, or the subject of a handover. */
  wait_subject: z.string().nullable(),
  /** The time at which the wait ends without a result; null if it has no limit. */
  deadline: timestamp.nullable(),
  updated_at: timestamp,
});
export type SessionRecord = z.infer<typeof sessionRecord>;
