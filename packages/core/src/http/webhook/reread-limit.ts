import type { Clock } from '../../ports/index.ts';

/** Minimum time between two reads of one bot that wrong secrets cause. */
const MIN_INTERVAL_MS = 1000;
const MAX_BOT_COUNT = 10_000;

/**
 * Returns a function that is true if a bot may be read again because of a wrong secret: at most once per second and
 * bot.
 */
export function createRereadLimit(clock: Pick<Clock, 'monotonic'>): (bot_id: string) => boolean {
  const last = new Map<string, number>();
  return (bot_id) => {
    const now = clock.monotonic();
    const before = last.get(bot_id);
    if (before !== undefined && now - before < MIN_INTERVAL_MS) return false;
    // Only existing bots get here. Clearing the map costs at most one read per bot.
    if (last.size >= MAX_BOT_COUNT) last.clear();
    last.set(bot_id, now);
    return true;
  };
}
