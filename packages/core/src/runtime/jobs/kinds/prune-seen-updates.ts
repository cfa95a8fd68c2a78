import { HOUR_MS } from '../../../model/index.ts';
import type { JobHandler } from '../job-handler.ts';

/** Telegram redelivers for 24 h at the most (docs of the Bot API, "Getting updates"); claims are kept twice as long. */
const KEPT_FOR = 48 * HOUR_MS;
const EVERY = HOUR_MS;
const ROWS_AT_A_TIME = 1_000;

export const pruneSeenUpdates: JobHandler = async (_job, { storage, clock }) => {
  while ((await storage.maintenance.pruneSeenUpdates(clock.now() - KEPT_FOR, ROWS_AT_A_TIME)) === ROWS_AT_A_TIME);
  return { kind: 'again', due_at: clock.now() + EVERY, reason: 'it recurs' };
};
