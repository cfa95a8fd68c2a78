import { findRoom } from '../sending/find-room.ts';
import type { Method } from '../sending/method-call.ts';
import { emit } from '../state/rooms.ts';

/** Ignores messages that do not exist, as Telegram does. */
export const deleteMessages: Method = (call) => {
  const room = findRoom(call);
  for (const id of call.parameters.list('message_ids') ?? []) {
    if (typeof id !== 'number' || !room.messages.delete(id)) continue;
    emit(call.world, room, { kind: 'delete', from: call.bot.user.id, message_id: id });
  }
  return true;
};
