import { z } from 'zod';
import { TIMER_PURPOSES } from '../../../engine/index.ts';
import { placeOf } from '../../batch/session-job.ts';
import { deliverToSession, postpone } from '../deliver-to-sessions.ts';
import type { JobHandler } from '../job-handler.ts';

const payload = z.object({ token: z.string(), purpose: z.enum(TIMER_PURPOSES), number: z.number() });

/** A time has come that a session waits for. */
export const timer: JobHandler = async (job, deps) => {
  const place = placeOf(job);
  const notNow = await postpone(job, deps);
  if (place === null || notNow !== null) return notNow ?? { kind: 'done' };
  return deliverToSession(job, place, { kind: 'timer', ...payload.parse(job.payload) }, deps);
};
