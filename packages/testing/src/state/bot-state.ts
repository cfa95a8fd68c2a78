import type { UpdateQueue } from '../delivery/update-queue.ts';
import type { BotUser, CallbackQuery, JsonObject } from '../telegram-objects.ts';
import type { CheckoutState, PaymentState } from './checkout.ts';
import type { StoredFile } from './file-store.ts';
import type { Room } from './room.ts';

/** One bot account: who it is, whom it knows, what it has set. */
export interface BotState {
  token: string;
  readonly user: BotUser;
  /** By chat id: the private chat with each person it has met, and the groups it is in. */
  readonly rooms: Map<number, Room>;
  readonly queue: UpdateQueue;
  readonly callbacks: Map<string, CallbackState>;
  readonly checkouts: Map<string, CheckoutState>;
  /** By Telegram's id of the charge. */
  readonly payments: Map<string, PaymentState>;
  /** By scope and language, the commands that were set. */
  readonly commands: Map<string, JsonObject[]>;
  /** By language code. */
  readonly descriptions: Map<string, string>;
  readonly short_descriptions: Map<string, string>;
  readonly profile_photos: Map<number, StoredFile>;
  last_message_id: number;
}

/** A pressed button that waits for the bot's answer. */
export interface CallbackState {
  readonly query: CallbackQuery;
  readonly room: Room;
  /** Milliseconds since 1970. */
  readonly expires_at: number;
}
