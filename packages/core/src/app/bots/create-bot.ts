import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { contract } from '../../contract/index.ts';
import { BotloomError } from '../../errors/index.ts';
import type { Bot, Scope } from '../../model/index.ts';
import { createWebhookSecret } from '../../telegram/index.ts';
import type { AppContext } from '../app-context.ts';
import { checkInput } from '../check-input.ts';
import { readBotProfile } from './read-profile.ts';
import { withSideJobs } from './with-side-jobs.ts';

const schema = contract.bots.create.body;
export type CreateBotInput = z.input<typeof schema>;

/**
 * Reads the bot's profile from Telegram and stores the bot. `setWebhook` sets its webhook.
 *
 * @throws VALIDATION_FAILED, BOT_TOKEN_INVALID, BOT_TOKEN_TAKEN, TELEGRAM_FAILED
 * @throws FORBIDDEN - for an owner other than that of the scope
 */
export async function createBot(context: AppContext, scope: Scope, input: CreateBotInput): Promise<Bot> {
  const { token, name, owner, settings } = checkInput(schema, input);
  if (scope.owner !== null && owner !== undefined && owner !== scope.owner) {
    throw new BotloomError(
      'FORBIDDEN',
      'These credentials are confined to one owner: create the bot for that owner, or leave out `owner`.',
    );
  }
  const id = randomUUID();
  const profile = await readBotProfile(context, { id, token });
  const bot = await context.storage.bots.create({
    id,
    name: name ?? profile.first_name,
    telegram_id: profile.telegram_id,
    username: profile.username,
    owner: scope.owner ?? owner ?? null,
    token,
    webhook_secret: createWebhookSecret(),
    settings: settings ?? {},
  });
  context.runtime.invalidateBot(id);
  // Added after the bot, because a job refers to an existing bot.
  if (settings !== undefined) await withSideJobs(context, id, ['tell_menu'], () => Promise.resolve());
  return bot;
}
