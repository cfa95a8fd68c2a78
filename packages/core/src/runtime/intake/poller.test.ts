import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { BotloomError } from '../../errors/index.ts';
import type { JsonObject, JsonValue } from '../../model/index.ts';
import { createManualClock, silentLogger, type ManualClock } from '../../ports/index.ts';
import { webhookSecretDigest } from '../../storage/index.ts';
import type { TelegramApi } from '../../telegram/index.ts';
import { BotCache } from '../bots/bot-cache.ts';
import { createTestStorage, EVERYONE, flushEventLoop, type TestStorage } from '../fixtures/create-test-storage.ts';
import { apiError } from '../fixtures/stub-telegram.ts';
import { Poller } from './poller.ts';

let lab: TestStorage;
let clock: ManualClock;
let pollers: Poller[];
/** All `getUpdates` calls: the token, the offset and a function that answers the call. */
let polls: {
  readonly token: string;
  readonly offset: JsonValue;
  readonly signal: AbortSignal | undefined;
  readonly answer: (result: JsonValue | Error) => void;
}[];
let processed: number[];
let process: (update: JsonObject) => Promise<unknown>;

beforeEach(async () => {
  lab = await createTestStorage();
  clock = createManualClock();
  pollers = [];
  polls = [];
  processed = [];
  process = (update) => Promise.resolve(void processed.push(Number(update.update_id)));
});

afterEach(async () => {
  await Promise.all(pollers.map((poller) => poller.stop()));
  await lab.storage.close();
});

async function makePoller(owner: string): Promise<Poller> {
  await lab.storage.instances.register(owner, owner, 60_000);
  const telegram: Pick<TelegramApi, 'call'> = {
    call: (bot, _method, { offset }, options) =>
      new Promise((resolve, reject) => {
        const answer = (result: JsonValue | Error): void => {
          if (result instanceof Error) reject(result);
          else resolve(result);
        };
        options?.signal?.addEventListener('abort', () => {
          reject(new Error('the call was cancelled'));
        });
        polls.push({ token: bot.token, offset: offset ?? null, signal: options?.signal, answer });
      }),
  };
  const unused = (): never => {
    throw new Error('not used here');
  };
  const poller = new Poller({
    currentOwner: () => owner,
    storage: lab.storage,
    clock,
    logger: silentLogger,
    telegram: { ...telegram, download: unused, close: unused },
    bots: new BotCache({ storage: lab.storage, clock, maxBots: 10, ttlMs: -1 }),
    process: (_bot, update) => process(update),
  });
  pollers.push(poller);
  poller.start();
  await flushEventLoop();
  return poller;
}

async function answer(result: JsonValue | Error): Promise<void> {
  polls.at(-1)?.answer(result);
  await flushEventLoop();
}

describe('Poller', () => {
  test('confirms updates once all of them are committed', async () => {
    await lab.bot();
    await makePoller('me');
    await answer([{ update_id: 5 }, { update_id: 6 }]);
    expect([processed, polls.map(({ offset }) => offset)]).toEqual([
      [5, 6],
      [null, 7],
    ]);
  });

  test('receives updates again after a delay if they could not be committed', async () => {
    await lab.bot();
    process = () => Promise.reject(new BotloomError('UNAVAILABLE'));
    await makePoller('me');
    await answer([{ update_id: 5 }]);
    expect(polls).toHaveLength(1);
    clock.advance(3_000);
    await flushEventLoop();
    expect(polls.map(({ offset }) => offset)).toEqual([null, null]);
  });

  test('does not accumulate abort listeners during repeated failures', async () => {
    await lab.bot();
    await makePoller('me');
    const listeners = new Set<unknown>();
    const signal = polls[0]?.signal;
    const { addEventListener, removeEventListener } = AbortSignal.prototype;
    if (signal === undefined) throw new Error('a poll can be cancelled');
    signal.addEventListener = function add(this: AbortSignal, ...args: Parameters<typeof addEventListener>) {
      listeners.add(args[1]);
      addEventListener.apply(this, args);
    };
    signal.removeEventListener = function remove(this: AbortSignal, ...args: Parameters<typeof removeEventListener>) {
      listeners.delete(args[1]);
      removeEventListener.apply(this, args);
    };
    for (let failure = 0; failure < 20; failure += 1) {
      await answer(apiError(409, 'Conflict: terminated by other getUpdates request'));
      clock.advance(3_000);
      await flushEventLoop();
    }
    expect(polls).toHaveLength(21);
    // The listeners of the calls; a real client removes them.
    expect(listeners.size).toBe(20);
  });

  test('does not poll a bot that another instance polls', async () => {
    await lab.bot();
    await makePoller('me');
    await makePoller('other');
    clock.advance(3_000);
    await flushEventLoop();
    expect(polls).toHaveLength(1);
  });

  test('stops polling a bot that has a webhook, and polls a new bot when it is woken', async () => {
    const first = await lab.bot('1:first');
    const poller = await makePoller('me');
    await lab.storage.bots.stageWebhookSecret(EVERYONE, first, 'secret');
    await lab.storage.bots.confirmWebhook(EVERYONE, first, webhookSecretDigest('secret'), 'https://example.com');
    await answer([]);
    expect(polls).toHaveLength(1);
    await lab.bot('2:second');
    poller.wake();
    await flushEventLoop();
    expect(polls.map(({ token }) => token)).toEqual(['1:first', '2:second']);
  });

  test('stops during a poll and releases the bot', async () => {
    await lab.bot();
    const poller = await makePoller('me');
    await poller.stop();
    await makePoller('other');
    expect(polls).toHaveLength(2);
  });
});
