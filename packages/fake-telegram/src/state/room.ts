import type { Chat, InlineKeyboardMarkup, Message } from '../telegram-objects.ts';
import type { BotState, Room } from './bot-state.ts';
import type { PersonState } from './person-state.ts';

/** Creates an empty room. */
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

/** Returns the rows of a message's inline keyboard. */
export function inlineRows(message: Message): InlineKeyboardMarkup['inline_keyboard'] {
  return message.reply_markup?.inline_keyboard ?? [];
}
