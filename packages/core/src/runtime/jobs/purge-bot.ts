import type { JobHandler } from './job-kinds.ts';

const ROWS_AT_A_TIME = 1_000;

/** Removes the rows of a deleted bot, a little at a time so that nobody waits for it. */
export const purgeBot: JobHandler = async (job, { storage, bots }) => {
  if (job.bot_id === null) return { kind: 'done' };
  bots.forget(job.bot_id);
  while (!(await storage.maintenance.purgeBot(job.bot_id, ROWS_AT_A_TIME)));
  return { kind: 'done' };
};
