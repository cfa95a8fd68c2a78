import { z } from 'zod';
import type { Outcome } from '../../../engine/index.ts';
import { TelegramApiError, TelegramNetworkError } from '../../../telegram/index.ts';
import { sessionAddressOf } from '../../batch/session-job.ts';
import { callWithTokenRefresh } from '../../bots/call-with-token-refresh.ts';
import { deliverToSession, postponeIfInactive } from '../deliver-to-sessions.ts';
import type { JobHandler } from '../job-handler.ts';
import { retryLater } from '../retry-later.ts';

const payload = z.object({ token: z.string(), payer: z.number(), charge: z.string() });
const MAX_RETRIES = 5;
/** Error if an earlier try, whose response was lost, has refunded the payment already. */
const ALREADY_REFUNDED = 'CHARGE_ALREADY_REFUNDED';

/** Refunds the Stars of a payment (refundStarPayment, docs of the Bot API), and delivers the result to the session. */
export const refundPayment: JobHandler = async (job, deps) => {
  const place = sessionAddressOf(job);
  const postponed = await postponeIfInactive(job, deps);
  if (place === null || postponed !== null) return postponed ?? { kind: 'done' };
  const { token, payer, charge } = payload.parse(job.payload);
  const bot = await deps.bots.getFresh(place.key.bot_id);
  if (bot === null) return { kind: 'done' };
  let outcome: Outcome = { kind: 'ok', value: null };
  try {
    await callWithTokenRefresh(deps, bot.secrets, 'refundStarPayment', {
      user_id: payer,
      telegram_payment_charge_id: charge,
    });
  } catch (error) {
    if (!(error instanceof TelegramApiError || error instanceof TelegramNetworkError)) throw error;
    const isTransient = !(error instanceof TelegramApiError) || error.error_code === 429 || error.error_code >= 500;
    if (isTransient && job.attempts < MAX_RETRIES)
      return retryLater(
        job,
        deps,
        error.message,
        error instanceof TelegramApiError ? (error.retry_after ?? 0) * 1_000 : 0,
      );
    if (isTransient || !error.message.includes(ALREADY_REFUNDED))
      outcome = { kind: 'failed', code: 'REFUND_FAILED', message: error.message };
  }
  return deliverToSession(job, place, { kind: 'result', token, outcome }, deps);
};
