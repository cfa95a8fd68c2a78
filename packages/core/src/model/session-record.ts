import { z } from 'zod';
import { integerId, timestamp, uuid } from './values.ts';

/** What a session in a flow waits for: the person, or something outside. */
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

/** Where a person stands in a chat, as an operator sees it. */
export const sessionRecord = z.object({
  /** Of the chat, the topic and the person: `5550001_0_5550001`. */
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
  /** The flow that it is in, and the version that it began with; null in none, and where the flow was deleted meanwhile. */
  flow_id: uuid.nullable(),
  flow_name: z.string().nullable(),
  flow_version: z.number().int().nullable(),
  /** The step that it waits at; null when it is in no flow. */
  step_id: z.string().nullable(),
  wait_reason: waitReason.nullable(),
  /** What just it waits for, where the reason leaves that open: the name of an event, or what a handover is about. */
  wait_subject: z.string().nullable(),
  /** When the waiting ends by itself; null: it does not. */
  deadline: timestamp.nullable(),
  updated_at: timestamp,
});
export type SessionRecord = z.infer<typeof sessionRecord>;
