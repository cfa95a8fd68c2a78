import { createHash } from 'node:crypto';
import type { BotState } from '../state/bot-state.ts';
import type { World } from '../state/world.ts';

/** Sets a new token, derived from the old one. Telegram stores webhooks by token, so the webhook is removed, too. */
export function revokeToken(world: World, bot: BotState): string {
  const hash = createHash('sha256').update(bot.token).digest('base64url');
  world.botsByToken.delete(bot.token);
  bot.token = `${bot.user.id}:AA${hash.slice(0, 33)}`;
  world.botsByToken.set(bot.token, bot);
  bot.queue.setWebhook(undefined);
  return bot.token;
}
