import type { JsonObject, JsonValue } from '../../model/index.ts';
import { isTokenRejected, type BotCredentials, type CallOptions, type TelegramApi } from '../../telegram/index.ts';
import type { BotCache } from './bot-cache.ts';

/**
 * Calls Telegram with the known token of a bot. If Telegram rejects the token, repeats the call once with the token in
 * the database if it differs: another instance may have changed it a moment ago.
 *
 * @throws TelegramApiError, TelegramNetworkError, and errors of the database
 * @example
 * const chat = await callWithTokenRefresh(deps, bot.secrets, 'getChat', { chat_id });
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
    // A read in progress may have started before the change.
    bots.invalidate(credentials.id);
    const reloaded = await bots.reload(credentials.id);
    if (reloaded === null || reloaded.secrets.token === credentials.token) throw error;
    return telegram.call(reloaded.secrets, method, payload, options?.());
  }
}
