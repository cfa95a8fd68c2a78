import type { UpdateQueue } from '../delivery/update-queue.ts';
import type { BotCommand, BotUser, CallbackQuery, Chat, Message, ReplyKeyboardMarkup } from '../telegram-objects.ts';
import type { StoredFile } from './file-store.ts';
import type { PersonState } from './person-state.ts';
import type { RoomEvent } from './room-event.ts';

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

/** What an invoice says that the chat does not show. */
export interface InvoiceState {
  readonly payload: string;
  readonly currency: string;
  readonly total_amount: number;
}

/** A person has pressed Pay; the bot has 10 seconds to say whether it takes the payment. */
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

/** A payment that was made, for refunds. */
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
  /** By the number of the message that shows it. */
  readonly invoices: Map<number, InvoiceState>;
  /** All that happened here, in order; only ever appended to. */
  readonly events: RoomEvent[];
  readonly listeners: Set<() => void>;
  /** Of a group; messages of private chats are numbered for the bot's whole account. */
  last_message_id: number;
  /** False until the person has written to the bot. */
  started: boolean;
  /** The person has blocked the bot. */
  blocked: boolean;
  /** The reply keyboard that is open now. */
  keyboard: ReplyKeyboardMarkup | undefined;
  /** Of a group: the bots that administer it. */
  readonly administrators: Set<BotState>;
  /** Who has asked to be let in, by id. */
  readonly join_requests: Map<number, PersonState>;
  /** The emoji that a person has put on a message, by `message:person`. */
  readonly reactions: Map<string, string>;
  /** Until then a bot may write although the person has not started it; milliseconds since 1970. */
  open_until: number;
  /** Where the group went when it became a supergroup. */
  migrated_to: number | undefined;
}
