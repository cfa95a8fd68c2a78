import { badRequest } from '../call/api-error.ts';
import { findWritableRoom } from '../sending/find-room.ts';
import type { Method } from '../sending/method-call.ts';
import { emit } from '../state/rooms.ts';

const actions = new Set([
  'typing',
  'upload_photo',
  'record_video',
  'upload_video',
  'record_voice',
  'upload_voice',
  'upload_document',
  'choose_sticker',
  'find_location',
  'record_video_note',
  'upload_video_note',
]);

export const sendChatAction: Method = (call) => {
  const action = call.parameters.string('action') ?? '';
  if (!actions.has(action)) throw badRequest('wrong parameter action in request');
  emit(call.world, findWritableRoom(call), { kind: 'action', from: call.bot.user.id, action });
  return true;
};
