import { isDeepStrictEqual } from 'node:util';
import { badRequest } from '../call/api-error.ts';
import type { Room } from '../state/bot-state.ts';
import { emit } from '../state/rooms.ts';
import { unixTime } from '../state/world.ts';
import type { InlineKeyboardMarkup, Message } from '../telegram-objects.ts';
import { checkReplyMarkup } from './check-reply-markup.ts';
import { findWritableRoom } from './find-room.ts';
import type { MethodCall } from './method-call.ts';
import { omitFields } from './omit-fields.ts';

/**
 * Edits a message of the calling bot. A new message object replaces the old one, so that updates with the old one stay
 * unchanged.
 *
 * @param change - makes the new content of the message; the keyboard is looked after here
 */
export function editMessage(call: MethodCall, change: (message: Message) => Message): Message {
  const markup = readKeyboard(call);
  const { room, message } = findEditable(call);
  const next: Message = {
    ...omitFields(change(message), 'reply_markup', 'edit_date'),
    ...(markup && markup.inline_keyboard.length > 0 ? { reply_markup: markup } : {}),
  };
  if (isDeepStrictEqual(omitFields(message, 'edit_date'), next)) {
    throw badRequest(
      'message is not modified: specified new message content and reply markup are exactly the same as a current ' +
        'content and reply markup of the message',
    );
  }
  const edited: Message = { ...next, edit_date: unixTime(call.world) };
  room.messages.set(edited.message_id, edited);
  emit(call.world, room, { kind: 'edit', from: call.bot.user.id, message: edited });
  return edited;
}

function readKeyboard({ parameters, world }: MethodCall): InlineKeyboardMarkup | undefined {
  const markup = checkReplyMarkup(parameters.object('reply_markup'), world.api, world.settings.strict);
  if (markup.kind === 'none') return undefined;
  if (markup.kind !== 'inline') throw badRequest('inline keyboard expected');
  return markup.markup;
}

function findEditable(call: MethodCall): { room: Room; message: Message } {
  const { parameters, bot } = call;
  const id = parameters.number('message_id');
  if (parameters.values.chat_id === undefined) throw badRequest('chat_id is empty');
  if (id === undefined) throw badRequest('message identifier is not specified');
  const room = findWritableRoom(call);
  const message = room.messages.get(id);
  if (!message) throw badRequest('message to edit not found');
  if (message.from?.id !== bot.user.id) throw badRequest("message can't be edited");
  return { room, message };
}
