import { z } from 'zod';
import { TIMER_PURPOSES } from '../../../engine/index.ts';
import { sessionAddressOf } from '../../batch/session-job.ts';
import { deliverToSession, postponeIfInactive } from '../deliver-to-sessions.ts';
import type { JobHandler } from '../job-handler.ts';

const payload = z.object({ token: z.string(), purpose: z.enum(TIMER_PURPOSES), number: z.number() });

/** Delivers the event of a timer to the session that waits for it. */
export const timer: JobHandler = async (job, deps) => {
  const place = sessionAddressOf(job);
  const postponed = await postponeIfInactive(job, deps);
  if (place === null || postponed !== null) return postponed ?? { kind: 'done' };
  return deliverToSession(job, place, { kind: 'timer', ...payload.parse(job.payload) }, deps);
};
