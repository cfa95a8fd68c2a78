import { z } from 'zod';
import { jsonValue } from '../../../model/index.ts';
import type { NewJob } from '../../../storage/index.ts';
import { deliverToSessions, postponeIfInactive } from '../deliver-to-sessions.ts';
import type { JobHandler } from '../job-handler.ts';
import type { SessionCall } from '../session-call.ts';

const payload = z.object({
  user_id: z.number(),
  places: z.array(z.object({ chat_id: z.number(), chat_type: z.string(), thread_id: z.number() })).min(1),
  event: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('external'), name: z.string(), data: jsonValue }),
    z.object({ kind: z.literal('start'), flow_id: z.string(), variables: z.record(z.string(), jsonValue) }),
    z.object({
      kind: z.literal('operator'),
      command: z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('move'), step_id: z.string() }),
        z.object({ kind: z.enum(['reset', 'give_back', 'end']) }),
      ]),
    }),
  ]),
  record: z.object({ key: z.string(), fingerprint: z.string() }).nullable(),
});

/** Creates the job for a call of the host or of an operator. */
export function sessionCallJob({ bot_id, user_id, places, event, record }: SessionCall, now: number): NewJob {
  return {
    bot_id,
    kind: 'session_call',
    payload: { user_id, places: [...places], event, record },
    due_at: now,
    key: record?.key ?? null,
  };
}

/** Delivers the event of a call to its sessions. */
export const sessionCall: JobHandler = async (job, deps) => {
  const postponed = await postponeIfInactive(job, deps);
  const { bot_id } = job;
  if (bot_id === null || postponed !== null) return postponed ?? { kind: 'done' };
  const { user_id, places, event, record } = payload.parse(job.payload);
  const addresses = places.map(({ chat_type, chat_id, thread_id }) => ({
    key: { bot_id, chat_id, thread_id, user_id },
    chat_type,
  }));
  return deliverToSessions(job, addresses, event, record, deps);
};
