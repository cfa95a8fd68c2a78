import { z } from 'zod';
import type { JobHandler } from '../job-handler.ts';

const ROWS_PER_BATCH = 1_000;
/** The bot stands here and not in the job's own column: its jobs are among the rows that go. */
const payload = z.object({ bot_id: z.string() });

/** Removes the rows of a deleted bot, a little at a time so that nobody waits for it. */
export const purgeBot: JobHandler = async (job, { storage, bots }) => {
  const { bot_id } = payload.parse(job.payload);
  bots.invalidate(bot_id);
  while (!(await storage.maintenance.purgeBot(bot_id, ROWS_PER_BATCH)));
  return { kind: 'done' };
};
