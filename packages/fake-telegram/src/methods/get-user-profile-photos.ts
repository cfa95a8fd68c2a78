import { photoSizes } from '../sending/media-objects.ts';
import { badRequest } from '../server/api-error.ts';
import { profilePhoto } from '../state/profile-photo.ts';
import type { Method } from './method.ts';

export const getUserProfilePhotos: Method = ({ world, bot, parameters }) => {
  const person = world.people.get(parameters.number('user_id') ?? 0);
  if (!person) throw badRequest('user not found');
  const photo = profilePhoto(world, bot, person);
  const offset = parameters.number('offset') ?? 0;
  return { total_count: photo ? 1 : 0, photos: photo && offset === 0 ? [photoSizes(photo)] : [] };
};
