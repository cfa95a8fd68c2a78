import type { BatchUser } from '../../storage/index.ts';
import type { CachedBot } from '../bots/bot-cache.ts';

export interface DecideOptions {
  readonly now: number;
  readonly messageTtlMs: number;
  /** Maximum time of `advance` for the whole batch, in milliseconds. */
  readonly batchTimeMs: number;
  readonly monotonic: () => number;
  /** Returns true if the profile of this user must be read now. */
  readonly shouldReadProfile: (user: BatchUser, bot: CachedBot) => boolean;
  /** Returns true if other chats may not write to this chat. `additionalRows` are rows that are not committed yet. */
  readonly isChatBacklogFull: (bot_id: string, chat_id: number, additionalRows: number) => boolean;
  /** True if there is a listener for `step.entered`. */
  readonly emitsStepEntered: boolean;
}
