import { BotloomError } from '../errors/index.ts';

/** An update that cannot be taken now. Telegram delivers it again: `retryAfter` are seconds, and keep its own back-off from growing. */
export function busy(reason: string, retryAfter: number): BotloomError {
  return new BotloomError('UNAVAILABLE', `${reason}; the update is to be delivered again.`, { retryAfter });
}
