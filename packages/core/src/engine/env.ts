import type { EnvUser } from '../model/index.ts';

export type { EnvUser } from '../model/index.ts';

/** All that `advance` may know besides its arguments: no clock and no randomness but what stands here. */
export interface Env {
  /** Names this event: no other event of the bot ever has the same. */
  readonly event_id: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** A number in [0, 1); the same draw for the same update, so that a batch that is run again does the same. */
  readonly random: () => number;
  /** Milliseconds that the event has taken so far, by a clock that never goes back; not limited when it is left out. */
  readonly elapsed?: () => number;
  /** The event is the first that the bot has ever had from the person; it is not when left out. */
  readonly is_first_contact?: boolean;
  /** Whether so much waits to be sent to a chat that nothing more is taken for it; nothing is known of any when left out. */
  readonly hasFullBacklog?: (chat_id: number) => boolean;
  readonly user: EnvUser;
  readonly chat: { readonly id: number; readonly type: string; readonly thread_id: number };
}
