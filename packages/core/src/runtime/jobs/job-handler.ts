import type { Outbound } from '../../outbound/index.ts';
import type { Clock, Logger } from '../../ports/index.ts';
import type { FollowUpJobs, Job, ProfileChange, Storage } from '../../storage/index.ts';
import type { TelegramApi } from '../../telegram/index.ts';
import type { AnyHostStep } from '../actions/define-step.ts';
import type { InputSource, SessionOutcome } from '../batch/pending-input.ts';
import type { UpdateResult } from '../batch/update-result.ts';
import type { BotCache } from '../bots/bot-cache.ts';

export interface JobDeps {
  readonly storage: Storage;
  readonly telegram: TelegramApi;
  readonly bots: BotCache;
  readonly clock: Clock;
  readonly logger: Logger;
  /** For addresses that flows name. */
  readonly outbound: Outbound;
  /** The host's steps, by name. */
  readonly actions: ReadonlyMap<string, AnyHostStep>;
  /** How many messages of a bot wait here to be sent. */
  readonly backlogOfBot: (bot_id: string) => number;
  /** Gives an event to a session as if it were an update: committed together with the end of the job. Rejects when that failed; the job is then to be run again. */
  readonly deliver: (delivery: Omit<Extract<InputSource, { readonly kind: 'job' }>, 'kind'>) => Promise<DeliveryResult>;
}

export interface DeliveryResult {
  readonly result: UpdateResult;
  readonly outcomes: readonly SessionOutcome[];
}

/** What became of a job. An error is tried again. */
export type JobResult =
  /** Done, with what it changes, and the jobs that follow. */
  | { readonly kind: 'done'; readonly profile?: ProfileChange; readonly jobs?: FollowUpJobs }
  /** Done, and recorded already: its row went with the commit of its result. */
  | { readonly kind: 'committed'; readonly outcomes: readonly SessionOutcome[] }
  /** Wanted again at a time (milliseconds): it recurs, or cannot be done yet. Its attempts are counted anew, unless it says how many there were. */
  | {
      readonly kind: 'again';
      readonly due_at: number;
      readonly reason: string;
      readonly attempts?: number;
      readonly jobs?: FollowUpJobs;
    };

export type JobHandler = (job: Job, deps: JobDeps) => Promise<JobResult>;
