import { isBotloomError, type Botloom } from '@botloom/core';
import { listAllBots } from './list-all-bots.ts';

/**
 * Creates the bot of `BOT_TOKEN`. If the bot exists, updates its token if it is different.
 * The start of an existing bot does not need a connection to Telegram.
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
    // Another instance that starts at the same time has created the bot.
    if (!isBotloomError(error) || error.code !== 'BOT_TOKEN_TAKEN') throw error;
  }
}
