import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createManualClock } from '../../ports/index.ts';
import { createTestStorage, EVERYONE, type TestStorage } from '../fixtures/create-test-storage.ts';
import { BotCache } from './bot-cache.ts';

let lab: TestStorage;
let bot: string;
let reads: number;
/** Called after the database returned a result and before the cache receives it. */
let onRead: () => void | Promise<void>;

beforeEach(async () => {
  lab = await createTestStorage();
  bot = await lab.bot();
  reads = 0;
  onRead = () => undefined;
});

afterEach(() => lab.storage.close());

function makeCache(size = 10) {
  const clock = createManualClock();
  const { bots, flows } = lab.storage;
  const storage = {
    flows,
    bots: {
      ...bots,
      async load(id: string) {
        const loaded = await bots.load(id);
        reads += 1;
        await onRead();
        return loaded;
      },
    },
  };
  return { clock, cache: new BotCache({ storage, clock, maxBots: size, ttlMs: 1_000 }) };
}

describe('BotCache', () => {
  test('reads once for simultaneous callers, and again when the entry is outdated', async () => {
    const { clock, cache } = makeCache();
    await Promise.all([cache.getFresh(bot), cache.getFresh(bot), cache.reload(bot)]);
    await cache.getFresh(bot);
    expect(reads).toBe(1);
    clock.advance(1_001);
    await cache.getFresh(bot);
    expect(reads).toBe(2);
  });

  test('compiles a bot again only if its revision changed', async () => {
    const { cache } = makeCache();
    const first = await cache.reload(bot);
    expect((await cache.reload(bot))?.program).toBe(first?.program);
    await lab.flow(bot, { response: 'Hello' });
    expect((await cache.reload(bot))?.program).not.toBe(first?.program);
  });

  test('does not cache a read that began before the bot was invalidated', async () => {
    const { cache } = makeCache();
    let change: (() => Promise<void>) | null = async () => {
      await lab.storage.bots.update(EVERYONE, bot, {
        token: { value: '1:new', telegram_id: 1, username: 'shop_1_bot' },
      });
      cache.invalidate(bot);
    };
    onRead = async () => {
      const now = change;
      change = null;
      await now?.();
    };
    await cache.reload(bot);
    expect(cache.getCached(bot)).toBeUndefined();
    expect((await cache.reload(bot))?.secrets.token).toBe('1:new');
    expect(cache.getCached(bot)?.secrets.token).toBe('1:new');
  });

  test('holds no more than the maximum number of bots', async () => {
    const { cache } = makeCache(2);
    const ids = [bot, await lab.bot(), await lab.bot()];
    for (const id of ids) await cache.reload(id);
    expect(ids.map((id) => cache.getCached(id) !== undefined)).toEqual([false, true, true]);
  });

  test('remembers a limited number of missing versions, so that they are not read again', async () => {
    const { cache } = makeCache();
    await cache.reload(bot);
    await cache.addVersions(bot, [77]);
    expect(cache.getCached(bot)?.missing.has(77)).toBe(true);
    for (let id = 1_000; id < 2_000; id += 10)
      await cache.addVersions(
        bot,
        Array.from({ length: 10 }, (_, index) => id + index),
      );
    expect(cache.getCached(bot)?.missing.size).toBeLessThan(200);
  });

  test('returns null for a bot that does not exist or was deleted', async () => {
    const { cache } = makeCache();
    expect(await cache.getFresh('00000000-0000-4000-8000-000000000000')).toBeNull();
    await cache.reload(bot);
    await lab.storage.bots.delete(EVERYONE, bot);
    expect(await cache.reload(bot)).toBeNull();
    expect(cache.getCached(bot)).toBeUndefined();
  });
});
