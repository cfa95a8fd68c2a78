import type { BatchUser } from '../../storage/index.ts';
import type { CachedBot } from '../bots/bot-cache.ts';

export interface DecideOptions {
  readonly now: number;
  readonly messageTtl: number;
  /** Milliseconds of `advance` for the whole batch. */
  readonly batchTime: number;
  readonly monotonic: () => number;
  /** Whether this person's profile is to be read now. */
  readonly wantsProfile: (user: BatchUser, bot: CachedBot) => boolean;
  /** Whether a chat that has so many rows more than are committed takes nothing from elsewhere. */
  readonly isFull: (bot_id: string, chat_id: number, more: number) => boolean;
  /** Whether somebody listens to `step.entered`. */
  readonly tellsSteps: boolean;
}
