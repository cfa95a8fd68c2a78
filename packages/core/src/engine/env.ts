import type { EnvUser } from '../model/index.ts';

export type { EnvUser } from '../model/index.ts';

/** Everything that `advance` may know besides its other arguments: its only clock and its only randomness. */
export interface Env {
  /** ID of the event, unique within the bot. */
  readonly event_id: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  /**
   * Returns a number in [0, 1). The sequence is the same for the same update, so a batch that is run again does the
   * same.
   */
  readonly random: () => number;
  /**
   * Returns the milliseconds that the event has taken so far, by a monotonic clock; without it, time is not limited.
   */
  readonly elapsed?: () => number;
  /** True for the first event that the bot has received from the person; default: false. */
  readonly is_first_contact?: boolean;
  /** True for a chat with too many unsent messages, to which no step may write; without it, no chat is full. */
  readonly hasFullBacklog?: (chat_id: number) => boolean;
  readonly user: EnvUser;
  readonly chat: { readonly id: number; readonly type: string; readonly thread_id: number };
}
