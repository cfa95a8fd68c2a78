import { z } from 'zod';
import type { JsonObject } from '../../model/index.ts';
import type { Job, NewJob } from '../../storage/index.ts';
import type { SessionAddress } from './pending-input.ts';

const addressSchema = z.object({
  chat_id: z.number(),
  chat_type: z.string(),
  thread_id: z.number(),
  user_id: z.number(),
});

/** Creates a job whose result goes back to one session. */
export function sessionJob(
  kind: string,
  { key, chat_type }: SessionAddress,
  details: JsonObject,
  due_at: number,
): NewJob {
  const { bot_id, chat_id, thread_id, user_id } = key;
  return { bot_id, kind, payload: { chat_id, chat_type, thread_id, user_id, ...details }, due_at, key: null };
}

/**
 * Returns the session that receives the result of a job; null if its bot was deleted.
 *
 * @throws ZodError - when the job does not belong to a session
 */
export function sessionAddressOf(job: Job): SessionAddress | null {
  const { chat_type, ...key } = addressSchema.parse(job.payload);
  return job.bot_id === null ? null : { key: { bot_id: job.bot_id, ...key }, chat_type };
}
