import type { BotState } from './bot-state.ts';
import type { StoredFile } from './file-store.ts';
import type { PersonState } from './person-state.ts';
import type { World } from './world.ts';

/** Returns the profile photo of a person as a file of one bot. The file is created at the first request. */
export function profilePhoto(world: World, bot: BotState, person: PersonState): StoredFile | undefined {
  if (!person.photo) return undefined;
  const known = bot.profile_photos.get(person.user.id);
  if (known?.bytes === person.photo) return known;
  const file = world.files.add({
    bot_id: bot.user.id,
    kind: 'profile_photo',
    name: 'photo.png',
    mime_type: 'image/png',
    bytes: person.photo,
    width: 640,
    height: 640,
  });
  bot.profile_photos.set(person.user.id, file);
  return file;
}
