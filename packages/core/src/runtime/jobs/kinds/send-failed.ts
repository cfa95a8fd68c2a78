import { z } from 'zod';
import { sessionAddressOf } from '../../batch/session-job.ts';
import { deliverToSession, postponeIfInactive } from '../deliver-to-sessions.ts';
import type { JobHandler } from '../job-handler.ts';

const payload = z.object({ token: z.string(), reason: z.string() });

/**
 * Reports a failed message to the session that waits for it. The job was stored in the transaction that recorded the
 * failure.
 */
export const sendFailed: JobHandler = async (job, deps) => {
  const place = sessionAddressOf(job);
  const postponed = await postponeIfInactive(job, deps);
  if (place === null || postponed !== null) return postponed ?? { kind: 'done' };
  const { token, reason } = payload.parse(job.payload);
  return deliverToSession(
    job,
    place,
    {
      kind: 'result',
      token,
      outcome: { kind: 'failed', code: 'SEND_FAILED', message: `The message could not be sent: ${reason}` },
    },
    deps,
  );
};
