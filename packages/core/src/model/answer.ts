import { z } from 'zod';
import { integerId, jsonValue, timestamp, uuid } from './values.ts';

/** What a person answered to a question, once for every time it was asked and answered. */
export const answer = z.object({
  id: integerId,
  bot_id: uuid,
  /** The person; null where there is none. */
  user_id: uuid.nullable(),
  chat_id: integerId,
  thread_id: integerId,
  /** It may be deleted by now, and the version, too: answers stay. */
  flow_id: uuid,
  flow_version_id: integerId,
  step_id: z.string(),
  /** Under which name the flow keeps it. */
  variable: z.string(),
  /** As what it is: a number as a number, a list as a list. */
  value: jsonValue,
  created_at: timestamp,
});
export type Answer = z.infer<typeof answer>;
