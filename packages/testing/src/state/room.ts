import type { Chat, InlineKeyboardMarkup, Message, ReplyKeyboardMarkup } from '../telegram-objects.ts';
import type { BotState } from './bot-state.ts';
import type { InvoiceState } from './checkout.ts';
import type { PersonState } from './person-state.ts';

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

/** What can happen in a room. `from` is the id of who did it. */
export type RoomEvent =
  | { kind: 'message'; from: number; message: Message }
  | { kind: 'edit'; from: number; message: Message }
  | { kind: 'delete'; from: number; message_id: number }
  | { kind: 'press'; from: number; message_id: number; text: string }
  | { kind: 'answer'; from: number; to: number; text: string; show_alert: boolean; url: string | undefined }
  | { kind: 'checkout'; from: number; message_id: number }
  /** The text is why the payment is refused, and empty when it is taken. */
  | { kind: 'checkout_answer'; from: number; query_id: string; text: string }
  | { kind: 'action'; from: number; action: string }
  | { kind: 'block'; from: number; blocked: boolean };

/** Makes an empty room. */
export function createRoom(
  chat: Chat,
  people: readonly PersonState[],
  bots: readonly BotState[],
  lastMessageId = 0,
): Room {
  return {
    chat,
    people: new Map(people.map((person) => [person.user.id, person])),
    bots: new Set(bots),
    messages: new Map(),
    invoices: new Map(),
    events: [],
    listeners: new Set(),
    last_message_id: lastMessageId,
    started: chat.type !== 'private',
    blocked: false,
    administrators: new Set(),
    join_requests: new Map(),
    reactions: new Map(),
    open_until: 0,
    keyboard: undefined,
    migrated_to: undefined,
  };
}

/** The inline keyboard under a message as it is now, row by row. */
export function inlineRows(message: Message): InlineKeyboardMarkup['inline_keyboard'] {
  return message.reply_markup?.inline_keyboard ?? [];
}
