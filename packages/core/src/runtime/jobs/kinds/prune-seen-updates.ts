import { HOUR_MS } from '../../../model/index.ts';
import type { JobHandler } from '../job-handler.ts';

/** Telegram redelivers for up to 24 hours (docs of the Bot API, "Getting updates"). Claims are stored twice as long. */
const RETENTION_MS = 48 * HOUR_MS;
const PRUNE_INTERVAL_MS = HOUR_MS;
const ROWS_PER_BATCH = 1_000;

export const pruneSeenUpdates: JobHandler = async (_job, { storage, clock }) => {
  while ((await storage.maintenance.pruneSeenUpdates(clock.now() - RETENTION_MS, ROWS_PER_BATCH)) === ROWS_PER_BATCH);
  return { kind: 'again', due_at: clock.now() + PRUNE_INTERVAL_MS, reason: 'it recurs' };
};
