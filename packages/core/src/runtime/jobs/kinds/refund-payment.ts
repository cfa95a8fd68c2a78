import { z } from 'zod';
import type { Outcome } from '../../../engine/index.ts';
import { TelegramApiError, TelegramNetworkError } from '../../../telegram/index.ts';
import { placeOf } from '../../batch/session-job.ts';
import { callAsBot } from '../../bots/call-as-bot.ts';
import { deliverToSession, postpone } from '../deliver-to-sessions.ts';
import type { JobHandler } from '../job-handler.ts';
import { tryAgain } from '../try-again.ts';

const payload = z.object({ token: z.string(), payer: z.number(), charge: z.string() });
const RETRIES = 5;
/** What an earlier try, of which nobody heard, has done already. */
const DONE = 'CHARGE_ALREADY_REFUNDED';

/** Gives the Stars of a payment back (refundStarPayment, docs of the Bot API); what came of it goes to the session. */
export const refundPayment: JobHandler = async (job, deps) => {
  const place = placeOf(job);
  const notNow = await postpone(job, deps);
  if (place === null || notNow !== null) return notNow ?? { kind: 'done' };
  const { token, payer, charge } = payload.parse(job.payload);
  const bot = await deps.bots.fresh(place.key.bot_id);
  if (bot === null) return { kind: 'done' };
  let outcome: Outcome = { kind: 'ok', value: null };
  try {
    await callAsBot(deps, bot.secrets, 'refundStarPayment', { user_id: payer, telegram_payment_charge_id: charge });
  } catch (error) {
    if (!(error instanceof TelegramApiError || error instanceof TelegramNetworkError)) throw error;
    const mayPass = !(error instanceof TelegramApiError) || error.error_code === 429 || error.error_code >= 500;
    if (mayPass && job.attempts < RETRIES)
      return tryAgain(
        job,
        deps,
        error.message,
        error instanceof TelegramApiError ? (error.retry_after ?? 0) * 1_000 : 0,
      );
    if (mayPass || !error.message.includes(DONE))
      outcome = { kind: 'failed', code: 'REFUND_FAILED', message: error.message };
  }
  return deliverToSession(job, place, { kind: 'result', token, outcome }, deps);
};
