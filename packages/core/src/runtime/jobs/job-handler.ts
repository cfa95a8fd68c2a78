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
  /** HTTP client for addresses that come from flows. */
  readonly outbound: Outbound;
  /** The host's steps, by name. */
  readonly actions: ReadonlyMap<string, AnyHostStep>;
  /** Returns the number of unsent messages of a bot. */
  readonly backlogOfBot: (bot_id: string) => number;
  /**
   * Delivers an event to sessions like an update, committed together with the end of the job. Rejects if that failed;
   * then the job must run again.
   */
  readonly deliver: (delivery: Omit<Extract<InputSource, { readonly kind: 'job' }>, 'kind'>) => Promise<DeliveryResult>;
}

export interface DeliveryResult {
  readonly result: UpdateResult;
  readonly outcomes: readonly SessionOutcome[];
}

/** Result of a job. A job that throws is retried. */
export type JobResult =
  /** Done, with its changes and the jobs that follow. */
  | { readonly kind: 'done'; readonly profile?: ProfileChange; readonly jobs?: FollowUpJobs }
  /** Done and recorded: its row was deleted with the commit of its result. */
  | { readonly kind: 'committed'; readonly outcomes: readonly SessionOutcome[] }
  /**
   * Run again at a time (milliseconds): the job recurs, or cannot be done yet. `attempts` starts at 0 again if it is
   * not set.
   */
  | {
      readonly kind: 'again';
      readonly due_at: number;
      readonly reason: string;
      readonly attempts?: number;
      readonly jobs?: FollowUpJobs;
    };

export type JobHandler = (job: Job, deps: JobDeps) => Promise<JobResult>;
