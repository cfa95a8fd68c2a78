import { findRoom } from '../sending/find-room.ts';
import { badRequest } from '../server/api-error.ts';
import { emit } from '../state/rooms.ts';
import { unixTime } from '../state/world.ts';
import type { Method } from './method.ts';

const twoDays = 48 * 60 * 60;

export const deleteMessage: Method = (call) => {
  const room = findRoom(call);
  const id = call.parameters.number('message_id') ?? 0;
  const message = room.messages.get(id);
  if (!message) throw badRequest('message to delete not found');
  if (unixTime(call.world) - message.date > twoDays) throw badRequest("message can't be deleted");
  room.messages.delete(id);
  emit(call.world, room, { kind: 'delete', from: call.bot.user.id, message_id: id });
  return true;
};
