import { z } from 'zod';
import type { JobHandler } from '../job-handler.ts';

const ROWS_PER_BATCH = 1_000;
/** The bot ID is in the payload and not in the column `bot_id`, because the jobs of the bot are deleted, too. */
const payload = z.object({ bot_id: z.string() });

/** Deletes the rows of a deleted bot, in small batches so that other work is not delayed. */
export const purgeBot: JobHandler = async (job, { storage, bots }) => {
  const { bot_id } = payload.parse(job.payload);
  bots.invalidate(bot_id);
  while (!(await storage.maintenance.purgeBot(bot_id, ROWS_PER_BATCH)));
  return { kind: 'done' };
};
