import type { JobHandler } from '../job-handler.ts';

/**
 * The idempotency record of a call is a job with the key of the call. It does nothing when it is due. Until then no
 * other job can have the key.
 */
export const forgetCall: JobHandler = () => Promise.resolve({ kind: 'done' });
