import type { UpdateQueue } from '../delivery/update-queue.ts';
import type { BotCommand, BotUser, CallbackQuery, Chat, Message, ReplyKeyboardMarkup } from '../telegram-objects.ts';
import type { StoredFile } from './file-store.ts';
import type { PersonState } from './person-state.ts';
import type { RoomEvent } from './room-event.ts';

/** One bot account with its chats and its settings. */
export interface BotState {
  token: string;
  readonly user: BotUser;
  /** By chat ID: the private chat with each person it has met, and its groups. */
  readonly rooms: Map<number, Room>;
  readonly queue: UpdateQueue;
  readonly callbacks: Map<string, CallbackState>;
  readonly checkouts: Map<string, CheckoutState>;
  /** By Telegram's ID of the charge. */
  readonly payments: Map<string, PaymentState>;
  /** The commands that the bot has set, by scope and language. */
  readonly commands: Map<string, BotCommand[]>;
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

/** The part of an invoice that the chat does not show. */
export interface InvoiceState {
  readonly payload: string;
  readonly currency: string;
  readonly total_amount: number;
}

/** A payment that a person has started by pressing Pay. The bot has 10 seconds to accept or refuse it. */
export interface CheckoutState {
  readonly query_id: string;
  readonly bot: BotState;
  readonly room: Room;
  readonly person: PersonState;
  readonly invoice: InvoiceState;
  /** Milliseconds since 1970. */
  readonly expires_at: number;
  /** Undefined until the bot has answered. */
  answer: CheckoutAnswer | undefined;
}

export type CheckoutAnswer = { readonly ok: true } | { readonly ok: false; readonly error_message: string };

/** A completed payment, for refunds. */
export interface PaymentState {
  readonly room: Room;
  readonly person: PersonState;
  readonly invoice: InvoiceState;
  is_refunded: boolean;
}

/** One chat with its messages: a person and a bot, or a group. */
export interface Room {
  chat: Chat;
  readonly people: Map<number, PersonState>;
  readonly bots: Set<BotState>;
  readonly messages: Map<number, Message>;
  /** By the ID of the message that shows it. */
  readonly invoices: Map<number, InvoiceState>;
  /** All events of the chat, in order. Append-only. */
  readonly events: RoomEvent[];
  readonly listeners: Set<() => void>;
  /** Last message ID of a group. Messages of private chats are numbered per bot account. */
  last_message_id: number;
  /** False until the person has written to the bot. */
  started: boolean;
  /** True if the person has blocked the bot. */
  blocked: boolean;
  /** The open reply keyboard. */
  keyboard: ReplyKeyboardMarkup | undefined;
  /** The administrator bots of a group. */
  readonly administrators: Set<BotState>;
  /** People who have requested to join, by user ID. */
  readonly join_requests: Map<number, PersonState>;
  /** The reaction of a person to a message, by `message:person`. */
  readonly reactions: Map<string, string>;
  /** Time until which a bot may write although the person has not started it, in milliseconds since 1970. */
  open_until: number;
  /** The new chat ID of a group that became a supergroup. */
  migrated_to: number | undefined;
}
