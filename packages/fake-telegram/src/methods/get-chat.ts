import { findRoom } from '../sending/find-room.ts';
import type { Method } from '../sending/method-call.ts';
import { profilePhoto } from '../state/profile-photo.ts';
import { defined } from '../state/rooms.ts';

const noGifts = {
  unlimited_gifts: false,
  limited_gifts: false,
  unique_gifts: false,
  premium_subscription: false,
  gifts_from_channels: false,
};

export const getChat: Method = (call) => {
  const { chat, people } = findRoom(call);
  const person = chat.type === 'private' ? people.get(chat.id) : undefined;
  const photo = person && profilePhoto(call.world, call.bot, person);
  return {
    ...chat,
    accent_color_id: Math.abs(chat.id) % 7,
    max_reaction_count: 11,
    accepted_gift_types: noGifts,
    ...defined({
      bio: person?.bio,
      active_usernames: chat.username === undefined ? undefined : [chat.username],
      permissions: chat.type === 'group' ? { can_send_messages: true } : undefined,
      photo: photo && {
        small_file_id: photo.file_id,
        small_file_unique_id: photo.file_unique_id,
        big_file_id: photo.file_id,
        big_file_unique_id: photo.file_unique_id,
      },
    }),
  };
};
