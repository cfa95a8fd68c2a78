import { z } from 'zod';
import { BotloomError } from '../../errors/index.ts';
import { isTokenRejected, type BotCredentials } from '../../telegram/index.ts';
import type { AppContext } from '../app-context.ts';
import { telegramFailure } from '../telegram-failure.ts';

interface BotProfile {
  readonly telegram_id: number;
  readonly username: string;
  readonly first_name: string;
}

const answer = z.object({ id: z.number().int(), username: z.string(), first_name: z.string() });

/**
 * Reads the bot that a token belongs to from Telegram (getMe).
 *
 * @throws BOT_TOKEN_INVALID, TELEGRAM_FAILED
 */
export async function readBotProfile({ telegram }: AppContext, bot: BotCredentials): Promise<BotProfile> {
  const me = await telegram.call(bot, 'getMe', {}).catch((error: unknown) => {
    if (isTokenRejected(error))
      throw new BotloomError(
        'BOT_TOKEN_INVALID',
        'Telegram does not accept this token. Copy it again from @BotFather, which also has the new token ' +
          'after a revocation.',
      );
    throw telegramFailure(error, 'The token could not be checked');
  });
  const profile = answer.safeParse(me);
  if (!profile.success)
    throw new BotloomError('TELEGRAM_FAILED', 'The token could not be checked: the response to getMe is not a bot.');
  const { id, username, first_name } = profile.data;
  return { telegram_id: id, username, first_name };
}
