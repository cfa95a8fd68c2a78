import { badRequest } from '../call/api-error.ts';
import { isObject } from '../parameters/read-parameters.ts';
import type { Room } from '../state/bot-state.ts';
import { addMessage, defined } from '../state/rooms.ts';
import type { JsonObject, Message, ReplyKeyboardMarkup } from '../telegram-objects.ts';
import { checkReplyMarkup } from './check-reply-markup.ts';
import { findWritableRoom } from './find-room.ts';
import type { MethodCall } from './method-call.ts';
import type { FormattedText } from './read-text.ts';

/** Sends one message of the calling bot to the chat of the call. Returns the message. */
export function sendContent(call: MethodCall, content: JsonObject): Message {
  const { world, parameters, bot } = call;
  const markup = checkReplyMarkup(parameters.object('reply_markup'), world.api, world.settings.strict);
  const room = findWritableRoom(call);
  if (markup.kind === 'keyboard' && room.chat.type !== 'private') checkRequests(markup.markup);
  const reply = repliedTo(call, room);
  const message = addMessage(world, room, bot.user, {
    ...content,
    ...defined({
      reply_to_message: reply,
      reply_markup: markup.kind === 'inline' ? markup.markup : undefined,
      message_thread_id: parameters.number('message_thread_id'),
      has_protected_content: parameters.boolean('protect_content') || undefined,
    }),
  });
  if (markup.kind === 'keyboard') room.keyboard = markup.markup;
  if (markup.kind === 'remove') room.keyboard = undefined;
  return message;
}

/** Rejects keys that request something that only a private chat allows. */
function checkRequests({ keyboard }: ReplyKeyboardMarkup): void {
  const keys = keyboard.flat();
  if (keys.some((key) => key.request_contact)) throw badRequest('phone number can be requested in private chats only');
  if (keys.some((key) => key.request_location)) throw badRequest('location can be requested in private chats only');
}

/** Returns the text fields of a message, without an empty list of entities. */
export function textFields(name: 'text' | 'caption', { text, entities }: FormattedText): JsonObject {
  if (text === '') return {};
  const entityField = name === 'text' ? 'entities' : 'caption_entities';
  return { [name]: text, ...(entities.length > 0 ? { [entityField]: entities } : {}) };
}

function repliedTo(call: MethodCall, room: Room): Message | undefined {
  const parameters = call.parameters.object('reply_parameters');
  if (!isObject(parameters) || typeof parameters.message_id !== 'number') return undefined;
  const message = room.messages.get(parameters.message_id);
  if (!message && parameters.allow_sending_without_reply !== true) throw badRequest('message to be replied not found');
  if (!message) return undefined;
  // Telegram includes only one level of replies.
  const { reply_to_message: _deeper, ...shown } = message;
  return { ...shown, message_id: message.message_id, date: message.date, chat: message.chat };
}
