import { badRequest } from '../call/api-error.ts';
import type { Method } from '../sending/method-call.ts';

const maxDownloadBytes = 20 * 1024 * 1024;

export const getFile: Method = ({ world, bot, parameters }) => {
  const file = world.files.find(bot.user.id, parameters.string('file_id') ?? '');
  if (!file) throw badRequest('invalid file_id');
  if (file.bytes.length > maxDownloadBytes) throw badRequest('file is too big');
  const { file_id, file_unique_id, file_path } = file;
  return { file_id, file_unique_id, file_size: file.bytes.length, file_path };
};
