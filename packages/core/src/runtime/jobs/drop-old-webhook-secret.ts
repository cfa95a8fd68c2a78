import { z } from 'zod';
import type { JobHandler } from './job-kinds.ts';

const payload = z.object({ secret_digest: z.string() });

/** A minute after Telegram took a new webhook secret, the old one is not accepted any more. */
export const dropOldWebhookSecret: JobHandler = async (job, { storage, bots }) => {
  const { secret_digest } = payload.parse(job.payload);
  if (job.bot_id !== null) {
    await storage.bots.dropOldWebhookSecret(job.bot_id, secret_digest);
    bots.forget(job.bot_id);
  }
  return { kind: 'done' };
};
