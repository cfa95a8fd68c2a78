import { badRequest } from '../call/api-error.ts';
import { findRoom } from '../sending/find-room.ts';
import type { Method } from '../sending/method-call.ts';
import { emit } from '../state/rooms.ts';
import { unixTime } from '../state/world.ts';

const maxDeletableAgeSeconds = 48 * 60 * 60;

export const deleteMessage: Method = (call) => {
  const room = findRoom(call);
  const id = call.parameters.number('message_id') ?? 0;
  const message = room.messages.get(id);
  if (!message) throw badRequest('message to delete not found');
  if (unixTime(call.world) - message.date > maxDeletableAgeSeconds) throw badRequest("message can't be deleted");
  room.messages.delete(id);
  emit(call.world, room, { kind: 'delete', from: call.bot.user.id, message_id: id });
  return true;
};
