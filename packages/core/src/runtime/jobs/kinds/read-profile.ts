import { z } from 'zod';
import type { JsonValue } from '../../../model/index.ts';
import { arrayOf, isTokenRefused, objectOf, TelegramApiError, textOf } from '../../../telegram/index.ts';
import { callAsBot } from '../../bots/call-as-bot.ts';
import type { JobHandler } from '../job-handler.ts';

const payload = z.object({ user_id: z.string(), chat_id: z.number() });

/** Reads bio and profile photo of a person: getChat (`bio`, private chats) and getUserProfilePhotos, docs of the Bot API. */
export const readProfile: JobHandler = async (job, { telegram, bots, clock }) => {
  const { user_id, chat_id } = payload.parse(job.payload);
  const bot = job.bot_id === null ? null : await bots.fresh(job.bot_id);
  if (bot?.bot.is_active !== true) return { kind: 'done' };
  const ask = async (
    method: string,
    parameters: { readonly chat_id: number } | { readonly user_id: number; readonly limit: number },
  ): Promise<JsonValue> => {
    try {
      return await callAsBot({ telegram, bots }, bot.secrets, method, parameters);
    } catch (error) {
      // Telegram will not tell (the person blocked the bot, or hides it): that is an answer, too. It is asked again a day later.
      if (
        error instanceof TelegramApiError &&
        !isTokenRefused(error) &&
        error.error_code !== 429 &&
        error.error_code < 500
      )
        return null;
      throw error;
    }
  };
  try {
    const chat = objectOf(await ask('getChat', { chat_id }));
    // Who does not let the bot see the chat does not let it see the photos.
    const photos =
      chat === null ? [] : arrayOf(objectOf(await ask('getUserProfilePhotos', { user_id: chat_id, limit: 1 }))?.photos);
    const profile = {
      user_id,
      bio: textOf(chat?.bio),
      // Of the newest photo the largest size, which is the last.
      profile_photo_file_id: textOf(objectOf(arrayOf(photos[0]).at(-1))?.file_id),
      read_at: clock.now(),
    };
    return { kind: 'done', profile };
  } catch (error) {
    // That says nothing of the person.
    if (isTokenRefused(error)) return { kind: 'done' };
    throw error;
  }
};
