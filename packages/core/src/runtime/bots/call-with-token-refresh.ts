import type { JsonObject, JsonValue } from '../../model/index.ts';
import { isTokenRejected, type BotCredentials, type CallOptions, type TelegramApi } from '../../telegram/index.ts';
import type { BotCache } from './bot-cache.ts';

/**
 * A call with the token that is known of a bot; when Telegram refuses that, once more with the one that the database has, if it is another: it may have been
 * changed on another instance a moment ago.
 *
 * @throws TelegramApiError, TelegramNetworkError; and whatever the database says when it cannot be asked
 * @example
 * const chat = await callAsBot(deps, bot.secrets, 'getChat', { chat_id });
 */
export async function callWithTokenRefresh(
  { telegram, bots }: { readonly telegram: TelegramApi; readonly bots: Pick<BotCache, 'invalidate' | 'reload'> },
  credentials: BotCredentials,
  method: string,
  payload: JsonObject,
  options?: () => CallOptions,
): Promise<JsonValue> {
  try {
    return await telegram.call(credentials, method, payload, options?.());
  } catch (error) {
    if (!isTokenRejected(error)) throw error;
    // A read that is under way may have begun before the change.
    bots.invalidate(credentials.id);
    const reloaded = await bots.reload(credentials.id);
    if (reloaded === null || reloaded.secrets.token === credentials.token) throw error;
    return telegram.call(reloaded.secrets, method, payload, options?.());
  }
}
