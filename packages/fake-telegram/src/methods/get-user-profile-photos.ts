import { badRequest } from '../call/api-error.ts';
import { photoSizes } from '../sending/media-objects.ts';
import type { Method } from '../sending/method-call.ts';
import { profilePhoto } from '../state/profile-photo.ts';

export const getUserProfilePhotos: Method = ({ world, bot, parameters }) => {
  const person = world.people.get(parameters.number('user_id') ?? 0);
  if (!person) throw badRequest('user not found');
  const photo = profilePhoto(world, bot, person);
  const offset = parameters.number('offset') ?? 0;
  return { total_count: photo ? 1 : 0, photos: photo && offset === 0 ? [photoSizes(photo)] : [] };
};
