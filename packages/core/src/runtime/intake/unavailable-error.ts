import { BotloomError } from '../../errors/index.ts';

/**
 * Creates the error for an update or call that cannot be accepted now. Telegram delivers an update again, and callers
 * can try again.
 *
 * @param retryAfter - seconds. They also prevent the back-off of Telegram from growing.
 */
export function unavailableError(reason: string, retryAfter: number): BotloomError {
  return new BotloomError(
    'UNAVAILABLE',
    `${reason}; try again in ${retryAfter === 1 ? 'a second' : `${retryAfter} seconds`}.`,
    { retryAfter },
  );
}
