import type { CallbackQuery, InlineKeyboardButton, Message } from '../telegram-objects.ts';
import type { BotState, Room } from './bot-state.ts';
import type { PersonState } from './person-state.ts';
import { emit, pushUpdate } from './rooms.ts';
import type { World } from './world.ts';

/** Time after which Telegram no longer accepts an answer to a button press. */
export const callbackLifetimeMs = 150_000;

/** Presses a callback button for a person. The bot that sent the message receives a callback query. */
export function pressButton(
  world: World,
  room: Room,
  person: PersonState,
  message: Message,
  button: InlineKeyboardButton,
): CallbackQuery | undefined {
  const bot = senderOf(world, message);
  if (!bot || button.callback_data === undefined) return undefined;
  const query: CallbackQuery = {
    id: String(world.nextId('callback')),
    from: person.user,
    message,
    chat_instance: String(Math.abs(room.chat.id) * 31 + bot.user.id),
    data: button.callback_data,
  };
  bot.callbacks.set(query.id, { query, room, expires_at: world.clock.now() + callbackLifetimeMs });
  emit(world, room, { kind: 'press', from: person.user.id, message_id: message.message_id, text: button.text });
  pushUpdate(world, bot, 'callback_query', query);
  return query;
}

function senderOf(world: World, message: Message): BotState | undefined {
  return message.from && world.botsById.get(message.from.id);
}
