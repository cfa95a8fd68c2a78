import { isBotloomError, type Botloom } from '@botloom/core';
import { listAllBots } from './list-all-bots.ts';

/**
 * Sees to it that the bot of `BOT_TOKEN` is there: it is created, or gets the token if it has another.
 * A bot that is there already needs no Telegram to start with.
 */
export async function addFirstBot(botloom: Botloom, token: string): Promise<void> {
  const telegram_id = Number(token.split(':', 1)[0]);
  const known = (await listAllBots(botloom)).find((bot) => bot.telegram_id === telegram_id);
  if (known !== undefined) {
    await botloom.bots.update(known.id, { token });
    return;
  }
  try {
    await botloom.bots.create({ token });
  } catch (error) {
    // Another instance that starts at the same time was faster.
    if (!isBotloomError(error) || error.code !== 'BOT_TOKEN_TAKEN') throw error;
  }
}
