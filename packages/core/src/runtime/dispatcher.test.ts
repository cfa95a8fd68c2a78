import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { BotloomError } from '../errors/index.ts';
import { TelegramNetworkError } from '../telegram/index.ts';
import { Dispatcher } from './dispatcher.ts';
import { createTestStorage, EVERYONE, settled, type TestStorage } from './fixtures/create-test-storage.ts';
import { createStubTelegram, refusal, type StubTelegram } from './fixtures/stub-telegram.ts';
import { silentLogger } from './logger.ts';
import { createManualClock, type ManualClock } from './manual-clock.ts';
import { RuntimeEvents } from './runtime-events.ts';
import { DEFAULT_RUNTIME_OPTIONS, type RuntimeOptions } from './runtime-options.ts';

const ME = 'me';

/** The dispatcher on a real database, with a Telegram that answers as told. */
interface Lab extends TestStorage {
  readonly telegram: StubTelegram;
  readonly clock: ManualClock;
  readonly events: RuntimeEvents;
  readonly refused: string[];
  /** What the lease says. */
  holds: boolean;
  /** The token that the runtime knows. */
  token: string | null | Error;
  dispatcher(options?: Partial<RuntimeOptions>): Dispatcher;
  /** Time goes by, and what waits for it happens. */
  after(duration: number): Promise<void>;
}

let lab: Lab;

beforeEach(async () => {
  const base = await createTestStorage();
  const clock = createManualClock();
  const events = new RuntimeEvents(silentLogger);
  const refused: string[] = [];
  lab = {
    ...base,
    telegram: createStubTelegram(),
    clock,
    events,
    refused,
    holds: true,
    token: '1:token',
    dispatcher: (options = {}) =>
      new Dispatcher({
        owner: ME, outbox: base.storage.outbox, secrets: base.storage.secrets, uploads: base.storage.uploads, telegram: lab.telegram, clock, events, logger: silentLogger, options: { ...DEFAULT_RUNTIME_OPTIONS, ...options },
        credentials: (id) => {
          if (lab.token instanceof Error) throw lab.token;
          return lab.token === null ? null : { id, token: lab.token };
        },
        mayServe: () => lab.holds, onDrained: () => undefined, onFailed: () => undefined, onRefused: (bot_id) => refused.push(bot_id),
      }),
    async after(duration) {
      clock.advance(duration);
      await settled();
      clock.advance(DEFAULT_RUNTIME_OPTIONS.settleDelay);
      await settled();
    },
  };
});

afterEach(() => lab.storage.close());

async function started(options?: Partial<RuntimeOptions>): Promise<Dispatcher> {
  const dispatcher = lab.dispatcher(options);
  dispatcher.start();
  await settled();
  await lab.after(0);
  return dispatcher;
}

async function enqueueAll(bot_id: string, chat_id: number, texts: readonly string[]): Promise<void> {
  for (const text of texts) await lab.enqueue(ME, bot_id, chat_id, text);
}

describe('what is queued', () => {
  test('leaves in order per chat, and is recorded as sent', async () => {
    const bot = await lab.bot();
    await enqueueAll(bot, 7, ['1', '2', '3']);
    const dispatcher = await started();
    await dispatcher.idle();
    expect(lab.telegram.sent).toEqual(['1', '2', '3']);
    await expect.poll(() => lab.messages(bot)).toEqual(['sent 1', 'sent 2', 'sent 3']);
  });

  test('that memory does not hold comes from the table, in order, rows of later commits after it', async () => {
    const bot = await lab.bot();
    const texts = Array.from({ length: 60 }, (_, index) => `${index}`);
    await enqueueAll(bot, 7, texts);
    const dispatcher = lab.dispatcher({ memoryRows: 20 });
    dispatcher.start();
    const id = await lab.enqueue(ME, bot, 7, 'last');
    dispatcher.add([{ source: 'message', id, position: id, bot_id: bot, user_id: null, chat_id: 7, thread_id: 0, method: 'sendMessage', payload: { text: 'last' }, delivery: 'at_least_once', expires_at: 8e15, was_attempted: false }]);
    // On SQLite results wait some real milliseconds for a batch.
    await expect
      .poll(async () => {
        await lab.after(20);
        return lab.telegram.sent.length;
      })
      .toBe(61);
    expect(lab.telegram.sent).toEqual([...texts, 'last']);
    expect(dispatcher.backlog).toBe(0);
  });

  test('counts as backlog also where it stands in the table only: that is what holds updates back', async () => {
    const bot = await lab.bot();
    await enqueueAll(bot, 7, Array.from({ length: 50 }, (_, index) => `${index}`));
    lab.telegram.answer = () => new Promise(() => undefined);
    const dispatcher = await started({ memoryRows: 10 });
    expect([dispatcher.backlog, dispatcher.backlogOf(bot)]).toEqual([50, 50]);
  });

  test('and was given by an instance that could not tell is found by looking', async () => {
    const bot = await lab.bot();
    await started();
    await lab.enqueue(ME, bot, 7, 'given');
    await lab.after(2_000);
    expect(lab.telegram.sent).toEqual(['given']);
  });

  test('but is not worth sending any more fails', async () => {
    const bot = await lab.bot();
    await lab.enqueue(ME, bot, 7, 'old', { expires_at: lab.clock.now() - 1 });
    await started();
    expect(lab.telegram.calls).toEqual([]);
    await expect.poll(() => lab.messages(bot)).toEqual(['failed old']);
  });
});

describe('when Telegram says no', () => {
  test('429 parks the chat for as long as it says, others go on, and the order stays', async () => {
    const bot = await lab.bot();
    await enqueueAll(bot, 7, ['a1', 'a2']);
    await enqueueAll(bot, 8, ['b1']);
    lab.telegram.answer = ({ payload }) => {
      if (payload.text === 'a1' && lab.clock.monotonic() < 5_000) throw refusal(429, 'Too Many Requests: retry after 5', { retry_after: 5 });
      return { message_id: 1 };
    };
    const dispatcher = await started();
    expect(lab.telegram.sent).toEqual(['b1']);
    expect(dispatcher.backlog).toBe(0);
    await lab.after(4_900);
    expect(lab.telegram.sent).toEqual(['b1']);
    await lab.after(100);
    expect(lab.telegram.sent).toEqual(['b1', 'a1', 'a2']);
  });

  test('429 of a chat with much to send holds up none of the others, nor what the bot may take in', async () => {
    const bot = await lab.bot();
    await enqueueAll(bot, -7, Array.from({ length: 12 }, (_, index) => `group ${index}`));
    lab.telegram.answer = ({ payload }) => {
      if (payload.chat_id === -7) throw refusal(429, 'Too Many Requests: retry after 60', { retry_after: 60 });
      return { message_id: 1 };
    };
    // A bot has a fifth of the memory: 10 rows, with those of parked chats 20.
    const dispatcher = await started({ memoryRows: 50 });
    await enqueueAll(bot, 8, ['1', '2', '3']);
    dispatcher.loadFromTable();
    await lab.after(0);
    await lab.after(0);
    expect(lab.telegram.sent).toEqual(['1', '2', '3']);
    await expect.poll(async () => {
      await lab.after(0);
      return [dispatcher.backlogOf(bot), dispatcher.isBehind(bot), dispatcher.backlogOfChat(bot, -7)];
    }).toEqual([0, false, 12]);
  });

  test('429 of several chats in a row rests the bot, which does not try each of its chats', async () => {
    const [bot, other] = [await lab.bot(), await lab.bot()];
    for (let chat_id = 1; chat_id <= 20; chat_id += 1) await enqueueAll(bot, chat_id, [`${chat_id}`]);
    await enqueueAll(other, 1, ['other']);
    lab.telegram.answer = ({ bot: { id } }) => {
      if (id === bot && lab.clock.monotonic() < 5_000) throw refusal(429, 'Too Many Requests: retry after 5', { retry_after: 5 });
      return { message_id: 1 };
    };
    const dispatcher = await started({ botConcurrency: 1 });
    expect(lab.telegram.sent).toEqual(['other']);
    expect(lab.telegram.calls).toHaveLength(4);
    expect(dispatcher.backlog).toBe(0);
    await lab.after(4_900);
    expect(lab.telegram.calls).toHaveLength(4);
    await lab.after(100);
    await expect.poll(async () => {
      await lab.after(20);
      return new Set(lab.telegram.sent).size;
    }).toBe(21);
    expect(lab.telegram.calls).toHaveLength(24);
  });

  test('429 of chats while others are served parks these chats only', async () => {
    const bot = await lab.bot();
    for (let chat_id = 1; chat_id <= 20; chat_id += 1) await enqueueAll(bot, chat_id, [`${chat_id}`]);
    lab.telegram.answer = ({ payload }) => {
      if (Number(payload.chat_id) % 3 === 0) throw refusal(429, 'Too Many Requests: retry after 5', { retry_after: 5 });
      return { message_id: 1 };
    };
    await started({ botConcurrency: 1 });
    expect(lab.telegram.sent).toHaveLength(14);
  });

  test('403 of a person who blocked the bot fails all that is queued for them', async () => {
    const bot = await lab.bot();
    await enqueueAll(bot, 7, ['1', '2']);
    const blocked: number[] = [];
    lab.events.on('user.blocked', ({ chat_id }) => void blocked.push(chat_id));
    lab.telegram.answer = () => {
      throw refusal(403, 'Forbidden: bot was blocked by the user');
    };
    await started();
    expect(lab.telegram.calls).toHaveLength(1);
    await expect.poll(() => lab.messages(bot)).toEqual(['failed 1', 'failed 2']);
    expect(blocked).toEqual([7]);
  });

  test('401 parks the bot, says so once, and the new token sends what waits, in order', async () => {
    const bot = await lab.bot();
    for (const chat of [1, 2, 3]) await enqueueAll(bot, chat, [`${chat}a`, `${chat}b`]);
    let events = 0;
    lab.events.on('bot.unauthorized', () => void (events += 1));
    lab.telegram.answer = ({ bot: { token } }) => {
      if (token === '1:token') throw refusal(401, 'Unauthorized');
      return { message_id: 1 };
    };
    const dispatcher = await started();
    expect([lab.telegram.calls.length, events, dispatcher.backlog, dispatcher.backlogOf(bot)]).toEqual([3, 1, 0, 6]);
    lab.token = '1:new';
    dispatcher.wake(bot);
    await lab.after(0);
    await dispatcher.idle();
    for (const chat of [1, 2, 3]) expect(lab.telegram.sent.filter((text) => text.startsWith(`${chat}`))).toEqual([`${chat}a`, `${chat}b`]);
  });

  test('401 makes the cached token forgotten: another instance may have changed it', async () => {
    const bot = await lab.bot();
    await enqueueAll(bot, 7, ['1']);
    lab.telegram.answer = ({ bot: { token } }) => {
      if (token === '1:token') throw refusal(401, 'Unauthorized');
      return { message_id: 1 };
    };
    await started();
    expect(lab.refused).toEqual([bot]);
    lab.token = '1:new';
    await lab.after(60_000);
    expect(lab.telegram.sent).toEqual(['1']);
  });

  test('bots whose tokens are revoked do not take the memory of others', async () => {
    const bad = await lab.bot();
    const good = await lab.bot();
    await enqueueAll(bad, 7, Array.from({ length: 40 }, (_, index) => `bad ${index}`));
    await enqueueAll(good, 8, ['1', '2', '3']);
    lab.telegram.answer = ({ bot }) => {
      if (bot.id === bad) throw refusal(401, 'Unauthorized');
      return { message_id: 1 };
    };
    const dispatcher = await started({ memoryRows: 20 });
    for (let round = 0; round < 5; round += 1) await lab.after(20);
    expect(lab.telegram.sent).toEqual(['1', '2', '3']);
    expect(dispatcher.backlogOf(good)).toBe(0);
  });

  test('a group that became a supergroup is followed, in order', async () => {
    const bot = await lab.bot();
    await enqueueAll(bot, -7, ['1', '2', '3']);
    lab.telegram.answer = ({ payload }) => {
      if (payload.chat_id === -7) throw refusal(400, 'Bad Request: group chat was upgraded to a supergroup chat', { migrate_to_chat_id: -100 });
      return { message_id: 1 };
    };
    const dispatcher = await started();
    await lab.after(20);
    await dispatcher.idle();
    expect(lab.telegram.calls.map(({ payload }) => [payload.chat_id, payload.text])).toEqual([[-7, '1'], [-100, '1'], [-100, '2'], [-100, '3']]);
  });
});

describe('at most once', () => {
  test('follows a group that became a supergroup: that it was refused is known', async () => {
    const bot = await lab.bot();
    await lab.enqueue(ME, bot, -7, 'once', { delivery: 'at_most_once' });
    lab.telegram.answer = ({ payload }) => {
      if (payload.chat_id === -7) throw refusal(400, 'Bad Request: group chat was upgraded to a supergroup chat', { migrate_to_chat_id: -100 });
      return { message_id: 1 };
    };
    await started();
    await lab.after(20);
    expect(lab.telegram.sent).toEqual(['once']);
    await expect.poll(() => lab.messages(bot)).toEqual(['sent once']);
  });

  test('what Telegram was too busy for is sent after a restart', async () => {
    const bot = await lab.bot();
    await lab.enqueue(ME, bot, 7, 'once', { delivery: 'at_most_once' });
    lab.telegram.answer = () => {
      throw refusal(429, 'Too Many Requests: retry after 5', { retry_after: 5 });
    };
    await (await started()).stop(0);
    lab.telegram.answer = () => ({ message_id: 1 });
    await started();
    expect(lab.telegram.sent).toEqual(['once']);
  });

  test('an unknown outcome is the end of it, also after a restart', async () => {
    const bot = await lab.bot();
    await lab.enqueue(ME, bot, 7, 'reset', { delivery: 'at_most_once' });
    const id = await lab.enqueue(ME, bot, 8, 'crashed', { delivery: 'at_most_once' });
    await lab.storage.outbox.markAttempted(ME, id, true);
    lab.telegram.answer = () => {
      throw new TelegramNetworkError('sendMessage', 'socket hang up', true);
    };
    await started();
    expect(lab.telegram.calls.map(({ payload }) => payload.text)).toEqual(['reset']);
    await expect.poll(() => lab.messages(bot)).toEqual(['failed reset', 'failed crashed']);
  });

  test('is not lost because the database was away before the try', async () => {
    const bot = await lab.bot();
    await lab.enqueue(ME, bot, 7, 'precious', { delivery: 'at_most_once' });
    const { outbox } = lab.storage;
    let tries = 0;
    const dispatcher = new Dispatcher({
      owner: ME, secrets: lab.storage.secrets, uploads: lab.storage.uploads, telegram: lab.telegram, clock: lab.clock, events: lab.events, logger: silentLogger, options: DEFAULT_RUNTIME_OPTIONS,
      outbox: {
        ...outbox,
        markAttempted(owner, id, is_attempted) {
          tries += 1;
          return tries === 1 ? Promise.reject(new BotloomError('STORAGE_UNAVAILABLE')) : outbox.markAttempted(owner, id, is_attempted);
        },
      },
      credentials: (id) => ({ id, token: 't' }), mayServe: () => true, onDrained: () => undefined, onFailed: () => undefined, onRefused: () => undefined,
    });
    dispatcher.start();
    await settled();
    await lab.after(1_000);
    expect(lab.telegram.sent).toEqual(['precious']);
    await expect.poll(() => lab.messages(bot)).toEqual(['sent precious']);
  });
});

describe('when things around it change', () => {
  test('a message is not given up because the bot could not be read just now', async () => {
    const bot = await lab.bot();
    await enqueueAll(bot, 7, ['1']);
    lab.token = new BotloomError('STORAGE_UNAVAILABLE');
    await started();
    await expect.poll(() => lab.messages(bot)).toEqual(['queued 1']);
    lab.token = '1:token';
    await lab.after(1_000);
    await expect.poll(() => lab.messages(bot)).toEqual(['sent 1']);
  });

  test('what a bot had queued when it was switched off is sent, first, when it is switched on again', async () => {
    const bot = await lab.bot();
    await enqueueAll(bot, 7, ['1', '2']);
    lab.token = null;
    const dispatcher = lab.dispatcher();
    dispatcher.start();
    await lab.storage.bots.update(EVERYONE, bot, { is_active: false });
    await lab.after(0);
    expect(lab.telegram.calls).toEqual([]);
    await lab.storage.bots.update(EVERYONE, bot, { is_active: true });
    lab.token = '1:token';
    await enqueueAll(bot, 7, ['3']);
    dispatcher.wake(bot);
    await lab.after(20);
    expect(lab.telegram.sent).toEqual(['1', '2', '3']);
  });

  test('rows behind one under way are not sent when the lease was lost meanwhile, nor is that one tried again', async () => {
    const bot = await lab.bot();
    await enqueueAll(bot, 7, ['1', '2']);
    let refuse: ((error: Error) => void) | undefined;
    lab.telegram.answer = () => new Promise((_, reject) => (refuse = reject));
    const dispatcher = await started();
    expect(lab.telegram.calls).toHaveLength(1);
    // Another instance takes the rows over while the first is under way here.
    await lab.storage.instances.register('other', 'other', 5_000);
    await lab.storage.instances.takeOver('other');
    dispatcher.forgetAll();
    dispatcher.loadFromTable();
    refuse?.(new TelegramNetworkError('sendMessage', 'socket hang up', true));
    await settled();
    await lab.after(5_000);
    expect(lab.telegram.calls).toHaveLength(1);
  });

  test('nothing is sent while the lease does not hold', async () => {
    const bot = await lab.bot();
    await enqueueAll(bot, 7, ['1']);
    lab.holds = false;
    const dispatcher = await started();
    expect(lab.telegram.calls).toEqual([]);
    lab.holds = true;
    dispatcher.wake();
    await lab.after(0);
    expect(lab.telegram.sent).toEqual(['1']);
  });
});

describe('stopping', () => {
  test('does not wait for a bot that is parked', async () => {
    const bot = await lab.bot();
    await enqueueAll(bot, 7, ['1']);
    lab.telegram.answer = () => {
      throw refusal(401, 'Unauthorized');
    };
    const dispatcher = await started();
    await dispatcher.stop(10_000);
    await expect.poll(() => lab.messages(bot)).toEqual(['queued 1']);
  });

  test('waits for what is under way and records it, however much is left to send', async () => {
    const bot = await lab.bot();
    await enqueueAll(bot, 7, ['1', '2']);
    let answer: (() => void) | undefined;
    lab.telegram.answer = () => new Promise((resolve) => (answer = () => { resolve({ message_id: 1 }); }));
    const dispatcher = await started();
    const stopped = dispatcher.stop(10_000);
    lab.clock.advance(5_000);
    await settled();
    answer?.();
    await settled();
    await stopped;
    await expect.poll(() => lab.messages(bot)).toEqual(['sent 1', 'queued 2']);
    expect(lab.telegram.calls).toHaveLength(1);
  });

  test('writes nothing back afterwards, whatever comes late', async () => {
    const bot = await lab.bot();
    await enqueueAll(bot, 7, ['1']);
    let answer: (() => void) | undefined;
    lab.telegram.answer = () => new Promise((resolve) => (answer = () => { resolve({ message_id: 1 }); }));
    const dispatcher = await started();
    const stopped = dispatcher.stop(1_000);
    lab.clock.advance(1_000);
    await settled();
    lab.clock.advance(1_000);
    await stopped;
    answer?.();
    await lab.after(5_000);
    await expect.poll(() => lab.messages(bot)).toEqual(['queued 1']);
  });
});
