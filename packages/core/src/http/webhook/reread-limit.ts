import type { Clock } from '../../ports/index.ts';

/** Milliseconds between two reads of one bot that wrong secrets can cause. */
const MIN_INTERVAL_MS = 1000;
const MAX_BOT_COUNT = 10_000;

/** Says whether a bot may be read again because of a wrong secret: once a second each. */
export function createRereadLimit(clock: Pick<Clock, 'monotonic'>): (bot_id: string) => boolean {
  const last = new Map<string, number>();
  return (bot_id) => {
    const now = clock.monotonic();
    const before = last.get(bot_id);
    if (before !== undefined && now - before < MIN_INTERVAL_MS) return false;
    // Only bots that exist come here; forgetting them all costs at most one read each.
    if (last.size >= MAX_BOT_COUNT) last.clear();
    last.set(bot_id, now);
    return true;
  };
}
