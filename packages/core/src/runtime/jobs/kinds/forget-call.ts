import type { JobHandler } from '../job-handler.ts';

/** The record of a call is a job with the call's key that has nothing to do but go: while it waits, no other job can have the key. */
export const forgetCall: JobHandler = () => Promise.resolve({ kind: 'done' });
