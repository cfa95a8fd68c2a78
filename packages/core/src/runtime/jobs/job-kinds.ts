import type { Job, ProfileChange, Storage } from '../../storage/index.ts';
import type { TelegramApi } from '../../telegram/index.ts';
import type { BotCache } from '../bot-cache.ts';
import type { Clock } from '../clock.ts';
import { dropOldWebhookSecret } from './drop-old-webhook-secret.ts';
import { pruneSeenUpdates } from './prune-seen-updates.ts';
import { purgeBot } from './purge-bot.ts';
import { readProfile } from './read-profile.ts';

export interface JobDeps {
  readonly storage: Storage;
  readonly telegram: TelegramApi;
  readonly bots: BotCache;
  readonly clock: Clock;
}

/** What became of a job: done, with what it changes; or wanted again at a time (milliseconds; a job that recurs). An error is tried again. */
export type JobResult = { readonly kind: 'done'; readonly profile?: ProfileChange } | { readonly kind: 'again'; readonly due_at: number; readonly reason: string };

export type JobHandler = (job: Job, deps: JobDeps) => Promise<JobResult>;

/** Every kind of job there is. */
export const JOB_HANDLERS = {
  read_profile: readProfile,
  drop_old_webhook_secret: dropOldWebhookSecret,
  purge_bot: purgeBot,
  prune_seen_updates: pruneSeenUpdates,
} as const satisfies Record<string, JobHandler>;

export type JobKind = keyof typeof JOB_HANDLERS;

export function isJobKind(kind: string): kind is JobKind {
  return Object.hasOwn(JOB_HANDLERS, kind);
}
