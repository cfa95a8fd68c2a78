import { createHash } from 'node:crypto';
import type { BotState } from '../state/bot-state.ts';
import type { World } from '../state/world.ts';

/** Gives a bot a new token, made from the old one; Telegram keeps webhooks by token, so the bot's is gone with it. */
export function revokeToken(world: World, bot: BotState): string {
  const hash = createHash('sha256').update(bot.token).digest('base64url');
  world.botsByToken.delete(bot.token);
  bot.token = `${bot.user.id}:AA${hash.slice(0, 33)}`;
  world.botsByToken.set(bot.token, bot);
  bot.queue.setWebhook(undefined);
  return bot.token;
}
