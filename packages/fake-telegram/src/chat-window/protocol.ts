import type { BotCommand, Message, ReplyKeyboardMarkup } from '../telegram-objects.ts';

/** A bot in the list of bots. It has no token: a token never reaches the page. */
export interface BotSummary {
  id: number;
  username: string;
  first_name: string;
}

/** State of the program behind a bot: `no_receiver` means that it has no webhook and does not poll. */
export interface BotStatus {
  state: 'listening' | 'failing' | 'no_receiver';
  /** Updates that wait for the bot. */
  pending: number;
  detail: string;
}

/** The parts of an open chat that change without an event of the room. */
export interface RoomStatus {
  description: string;
  short_description: string;
  commands: readonly BotCommand[];
  /** The reply keyboard that is open. */
  keyboard: ReplyKeyboardMarkup | null;
  /** True if the person has blocked the bot. */
  blocked: boolean;
  status: BotStatus;
  bots: BotSummary[];
}

/** Everything that a page shows when it opens a chat. */
export interface RoomSnapshot extends RoomStatus {
  bot_id: number;
  messages: Message[];
}

/** An action of the person on the page. */
export type PageAction =
  | { kind: 'text'; text: string }
  | { kind: 'press'; message_id: number; row: number; column: number }
  | { kind: 'key'; row: number; column: number }
  | { kind: 'pay'; message_id: number }
  | { kind: 'file'; name: string; mime_type: string; base64: string }
  | { kind: 'contact' }
  | { kind: 'location' }
  | { kind: 'block'; blocked: boolean };
