import { z } from 'zod';
import type { JsonValue } from '../../../model/index.ts';
import { arrayOf, isTokenRejected, objectOf, stringOf, TelegramApiError } from '../../../telegram/index.ts';
import { callWithTokenRefresh } from '../../bots/call-with-token-refresh.ts';
import type { JobHandler } from '../job-handler.ts';

const payload = z.object({ user_id: z.string(), chat_id: z.number() });

/**
 * Reads the bio and the profile photo of a user: getChat (`bio`, private chats) and getUserProfilePhotos, docs of the
 * Bot API.
 */
export const readProfile: JobHandler = async (job, { telegram, bots, clock }) => {
  const { user_id, chat_id } = payload.parse(job.payload);
  const bot = job.bot_id === null ? null : await bots.getFresh(job.bot_id);
  if (bot?.bot.is_active !== true) return { kind: 'done' };
  const callOrNull = async (
    method: string,
    parameters: { readonly chat_id: number } | { readonly user_id: number; readonly limit: number },
  ): Promise<JsonValue> => {
    try {
      return await callWithTokenRefresh({ telegram, bots }, bot.secrets, method, parameters);
    } catch (error) {
      // Telegram refuses (the user blocked the bot, or hides the data): that is a valid result. It is read again a day
      // later.
      if (
        error instanceof TelegramApiError &&
        !isTokenRejected(error) &&
        error.error_code !== 429 &&
        error.error_code < 500
      )
        return null;
      throw error;
    }
  };
  try {
    const chat = objectOf(await callOrNull('getChat', { chat_id }));
    // A user who hides the chat from the bot also hides the photos.
    const photos =
      chat === null
        ? []
        : arrayOf(objectOf(await callOrNull('getUserProfilePhotos', { user_id: chat_id, limit: 1 }))?.photos);
    const profile = {
      user_id,
      bio: stringOf(chat?.bio),
      // The largest size of the newest photo, which is the last in the list.
      profile_photo_file_id: stringOf(objectOf(arrayOf(photos[0]).at(-1))?.file_id),
      read_at: clock.now(),
    };
    return { kind: 'done', profile };
  } catch (error) {
    // A rejected token says nothing about the user.
    if (isTokenRejected(error)) return { kind: 'done' };
    throw error;
  }
};
