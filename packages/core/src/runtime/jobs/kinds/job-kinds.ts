import { FAILED_SEND_JOB } from '../../../storage/index.ts';
import type { JobHandler } from '../job-handler.ts';
import { finishWebhook } from './finish-webhook.ts';
import { forgetCall } from './forget-call.ts';
import { httpRequest } from './http-request.ts';
import { pruneSeenUpdates } from './prune-seen-updates.ts';
import { purgeBot } from './purge-bot.ts';
import { readProfile } from './read-profile.ts';
import { refundPayment } from './refund-payment.ts';
import { runAction } from './run-action.ts';
import { planSchedules, schedule, schedulePage } from './schedule.ts';
import { sendFailed } from './send-failed.ts';
import { sessionCall } from './session-call.ts';
import { syncMenu } from './sync-menu.ts';
import { timer } from './timer.ts';

/** All kinds of jobs, with their handlers. */
export const JOB_HANDLERS = {
  read_profile: readProfile,
  finish_webhook: finishWebhook,
  purge_bot: purgeBot,
  prune_seen_updates: pruneSeenUpdates,
  timer,
  http_request: httpRequest,
  run_action: runAction,
  refund_payment: refundPayment,
  [FAILED_SEND_JOB]: sendFailed,
  session_call: sessionCall,
  forget_call: forgetCall,
  tell_menu: syncMenu,
  plan_schedules: planSchedules,
  schedule,
  schedule_page: schedulePage,
} as const satisfies Record<string, JobHandler>;

export type JobKind = keyof typeof JOB_HANDLERS;

export function isJobKind(kind: string): kind is JobKind {
  return Object.hasOwn(JOB_HANDLERS, kind);
}
