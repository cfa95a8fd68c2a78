import type { z } from 'zod';
import { contract } from '../../contract/index.ts';
import { BotloomError } from '../../errors/index.ts';
import type { Bot, Scope } from '../../model/index.ts';
import type { BotChange, LoadedBot } from '../../storage/index.ts';
import type { AppContext } from '../app-context.ts';
import { checkInput } from '../check-input.ts';
import { deleteTelegramWebhook } from './delete-telegram-webhook.ts';
import { loadBot } from './load-bot.ts';
import { readBotProfile } from './read-profile.ts';
import { registerWebhook } from './set-webhook.ts';
import { withSideJobs } from './with-side-jobs.ts';

const schema = contract.bots.update.body;
export type UpdateBotInput = z.input<typeof schema>;

export interface ForceOption {
  /** True to continue even if the webhook could not be removed at Telegram. */
  readonly force?: boolean | undefined;
}

/**
 * Changes the given members of a bot. Deactivating it removes the webhook first. A new token must belong to the same
 * bot; the webhook of the old token is set for it.
 *
 * @throws VALIDATION_FAILED, BOT_NOT_FOUND, BOT_TOKEN_INVALID, BOT_TOKEN_TAKEN
 * @throws TELEGRAM_FAILED - nothing has changed then
 */
export async function updateBot(
  context: AppContext,
  scope: Scope,
  id: string,
  input: UpdateBotInput,
  { force = false }: ForceOption = {},
): Promise<Bot> {
  const { token, ...change } = checkInput(schema, input);
  return context.webhookLock(id, async () => {
    const loaded = await loadBot(context, scope, id);
    const isRotated = token !== undefined && token !== loaded.secrets.token;
    const rotation = isRotated ? { token: await checkToken(context, loaded, token) } : {};
    const isStopped = change.is_active === false && mayHaveWebhook(loaded);
    if (isStopped) {
      await deleteTelegramWebhook(context, loaded.secrets, force);
      await context.storage.bots.clearWebhook(scope, id);
    }
    const bot = await withSideJobs(
      context,
      id,
      change.settings !== undefined || change.is_active === true ? ['tell_menu', 'plan_schedules'] : [],
      () => context.storage.bots.update(scope, id, { ...change, ...rotation }),
    );
    context.runtime.invalidateBot(id);
    return isRotated && bot.is_webhook_set ? registerWebhookAgain(context, scope, id) : bot;
  });
}

/** True if Telegram may be sending updates here, also after an unfinished change of the webhook. */
export function mayHaveWebhook({ bot, secrets }: LoadedBot): boolean {
  return bot.is_webhook_set || secrets.pending_webhook_secret !== null;
}

async function checkToken(
  context: AppContext,
  { bot }: LoadedBot,
  token: string,
): Promise<NonNullable<BotChange['token']>> {
  const { telegram_id, username } = await readBotProfile(context, { id: bot.id, token });
  if (telegram_id !== bot.telegram_id) {
    throw new BotloomError(
      'BOT_TOKEN_INVALID',
      `The token belongs to another bot, @${username}. Bots do not share users and files: create a separate ` +
        'bot for this token.',
    );
  }
  return { value: token, telegram_id, username };
}

/** Telegram stores webhooks by token. A failure here must not undo the rotation, because the old token is invalid. */
async function registerWebhookAgain(context: AppContext, scope: Scope, id: string): Promise<Bot> {
  try {
    return await registerWebhook(context, scope, id);
  } catch (error) {
    context.logger.error(
      { bot_id: id, error: error instanceof Error ? error.message : 'unknown' },
      'the token was changed, but its webhook could not be set; set the webhook again',
    );
    const bot = await context.storage.bots.clearWebhook(scope, id);
    context.runtime.invalidateBot(id);
    return bot;
  }
}
