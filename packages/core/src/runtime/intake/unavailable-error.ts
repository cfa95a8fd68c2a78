import { BotloomError } from '../../errors/index.ts';

/** An update or a call that cannot be taken now. Telegram delivers an update again, and whoever calls may try again: `retryAfter` are seconds, and keep Telegram's own back-off from growing. */
export function unavailableError(reason: string, retryAfter: number): BotloomError {
  return new BotloomError(
    'UNAVAILABLE',
    `${reason}; try again in ${retryAfter === 1 ? 'a second' : `${retryAfter} seconds`}.`,
    { retryAfter },
  );
}
