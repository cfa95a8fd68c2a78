import * as z from 'zod';
import { integerId, jsonValue, timestamp, uuid } from './values.ts';

/** The answer of a user to a question: one record each time the question is answered. */
export const answer = z.object({
  id: integerId,
  bot_id: uuid,
  /** Null without a user. */
  user_id: uuid.nullable(),
  chat_id: integerId,
  thread_id: integerId,
  /** The flow and the version may have been deleted since: answers remain. */
  flow_id: uuid,
  flow_version_id: integerId,
  step_id: z.string(),
  /** The variable that the flow stores it in. */
  variable: z.string(),
  /** Typed: a number is a number, a list is a list. */
  value: jsonValue,
  created_at: timestamp,
});
export type Answer = z.infer<typeof answer>;
