import type { BatchUser } from '../../storage/index.ts';
import type { CachedBot } from '../bots/bot-cache.ts';

export interface DecideOptions {
  readonly now: number;
  readonly messageTtlMs: number;
  /** Milliseconds of `advance` for the whole batch. */
  readonly batchTimeMs: number;
  readonly monotonic: () => number;
  /** Whether this person's profile is to be read now. */
  readonly shouldReadProfile: (user: BatchUser, bot: CachedBot) => boolean;
  /** Whether a chat that has so many rows more than are committed takes nothing from elsewhere. */
  readonly isChatBacklogFull: (bot_id: string, chat_id: number, additionalRows: number) => boolean;
  /** Whether somebody listens to `step.entered`. */
  readonly emitsStepEntered: boolean;
}
