import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createDispatcherHarness, type DispatcherHarness } from '../fixtures/dispatcher-harness.ts';
import { apiError } from '../fixtures/stub-telegram.ts';

let lab: DispatcherHarness;

beforeEach(async () => {
  lab = await createDispatcherHarness();
});

afterEach(() => lab.storage.close());

describe('a call that Telegram rejects', () => {
  test('429 pauses the chat for the requested time; other chats continue, and the order is preserved', async () => {
    const bot = await lab.bot();
    await lab.enqueueAll(bot, 7, ['a1', 'a2']);
    await lab.enqueueAll(bot, 8, ['b1']);
    lab.telegram.answer = ({ payload }) => {
      if (payload.text === 'a1' && lab.clock.monotonic() < 5_000)
        throw apiError(429, 'Too Many Requests: retry after 5', { retry_after: 5 });
      return { message_id: 1 };
    };
    const dispatcher = await lab.startDispatcher();
    expect(lab.telegram.sent).toEqual(['b1']);
    expect(dispatcher.backlog).toBe(0);
    await lab.advanceClock(4_900);
    expect(lab.telegram.sent).toEqual(['b1']);
    await lab.advanceClock(100);
    expect(lab.telegram.sent).toEqual(['b1', 'a1', 'a2']);
  });

  test('429 of a chat with many rows delays neither other chats nor the updates of the bot', async () => {
    const bot = await lab.bot();
    await lab.enqueueAll(
      bot,
      -7,
      Array.from({ length: 12 }, (_, index) => `group ${index}`),
    );
    lab.telegram.answer = ({ payload }) => {
      if (payload.chat_id === -7) throw apiError(429, 'Too Many Requests: retry after 60', { retry_after: 60 });
      return { message_id: 1 };
    };
    // A bot may use a fifth of the memory: 10 rows, or 20 with the rows of paused chats.
    const dispatcher = await lab.startDispatcher({ memoryRows: 50 });
    await lab.enqueueAll(bot, 8, ['1', '2', '3']);
    dispatcher.loadFromTable();
    await lab.advanceClock(0);
    await lab.advanceClock(0);
    expect(lab.telegram.sent).toEqual(['1', '2', '3']);
    await expect
      .poll(async () => {
        await lab.advanceClock(0);
        return [dispatcher.backlogOfBot(bot), dispatcher.hasUnloadedRows(bot), dispatcher.backlogOfChat(bot, -7)];
      })
      .toEqual([0, false, 12]);
  });

  test('429 of several consecutive chats pauses the whole bot, which does not try every chat', async () => {
    const [bot, other] = [await lab.bot(), await lab.bot()];
    for (let chat_id = 1; chat_id <= 20; chat_id += 1) await lab.enqueueAll(bot, chat_id, [`${chat_id}`]);
    await lab.enqueueAll(other, 1, ['other']);
    lab.telegram.answer = ({ bot: { id } }) => {
      if (id === bot && lab.clock.monotonic() < 5_000)
        throw apiError(429, 'Too Many Requests: retry after 5', { retry_after: 5 });
      return { message_id: 1 };
    };
    const dispatcher = await lab.startDispatcher({ botConcurrency: 1 });
    expect(lab.telegram.sent).toEqual(['other']);
    expect(lab.telegram.calls).toHaveLength(4);
    expect(dispatcher.backlog).toBe(0);
    await lab.advanceClock(4_900);
    expect(lab.telegram.calls).toHaveLength(4);
    await lab.advanceClock(100);
    await expect
      .poll(async () => {
        await lab.advanceClock(20);
        return new Set(lab.telegram.sent).size;
      })
      .toBe(21);
    expect(lab.telegram.calls).toHaveLength(24);
  });

  test('429 of some chats pauses only these chats while others succeed', async () => {
    const bot = await lab.bot();
    for (let chat_id = 1; chat_id <= 20; chat_id += 1) await lab.enqueueAll(bot, chat_id, [`${chat_id}`]);
    lab.telegram.answer = ({ payload }) => {
      if (Number(payload.chat_id) % 3 === 0)
        throw apiError(429, 'Too Many Requests: retry after 5', { retry_after: 5 });
      return { message_id: 1 };
    };
    await lab.startDispatcher({ botConcurrency: 1 });
    expect(lab.telegram.sent).toHaveLength(14);
  });

  test('403 of a user who blocked the bot fails all messages that are queued for this user', async () => {
    const bot = await lab.bot();
    await lab.enqueueAll(bot, 7, ['1', '2']);
    const blocked: number[] = [];
    lab.events.on('user.blocked', ({ chat_id }) => void blocked.push(chat_id));
    lab.telegram.answer = () => {
      throw apiError(403, 'Forbidden: bot was blocked by the user');
    };
    await lab.startDispatcher();
    expect(lab.telegram.calls).toHaveLength(1);
    await expect.poll(() => lab.messages(bot)).toEqual(['failed 1', 'failed 2']);
    expect(blocked).toEqual([7]);
  });

  test('401 pauses the bot and emits one event; with a new token the waiting messages are sent in order', async () => {
    const bot = await lab.bot();
    for (const chat of [1, 2, 3]) await lab.enqueueAll(bot, chat, [`${chat}a`, `${chat}b`]);
    let events = 0;
    lab.events.on('bot.unauthorized', () => void (events += 1));
    lab.telegram.answer = ({ bot: { token } }) => {
      if (token === '1:token') throw apiError(401, 'Unauthorized');
      return { message_id: 1 };
    };
    const dispatcher = await lab.startDispatcher();
    expect([lab.telegram.calls.length, events, dispatcher.backlog, dispatcher.backlogOfBot(bot)]).toEqual([3, 1, 0, 6]);
    lab.token = '1:new';
    dispatcher.wake(bot);
    await lab.advanceClock(0);
    await dispatcher.idle();
    for (const chat of [1, 2, 3])
      expect(lab.telegram.sent.filter((text) => text.startsWith(`${chat}`))).toEqual([`${chat}a`, `${chat}b`]);
  });

  test('401 invalidates the cached token, because another instance may have changed it', async () => {
    const bot = await lab.bot();
    await lab.enqueueAll(bot, 7, ['1']);
    lab.telegram.answer = ({ bot: { token } }) => {
      if (token === '1:token') throw apiError(401, 'Unauthorized');
      return { message_id: 1 };
    };
    await lab.startDispatcher();
    expect(lab.refused).toEqual([bot]);
    lab.token = '1:new';
    await lab.advanceClock(60_000);
    expect(lab.telegram.sent).toEqual(['1']);
  });

  test('bots whose tokens are revoked do not use the memory of other bots', async () => {
    const bad = await lab.bot();
    const good = await lab.bot();
    await lab.enqueueAll(
      bad,
      7,
      Array.from({ length: 40 }, (_, index) => `bad ${index}`),
    );
    await lab.enqueueAll(good, 8, ['1', '2', '3']);
    lab.telegram.answer = ({ bot }) => {
      if (bot.id === bad) throw apiError(401, 'Unauthorized');
      return { message_id: 1 };
    };
    const dispatcher = await lab.startDispatcher({ memoryRows: 20 });
    for (let round = 0; round < 5; round += 1) await lab.advanceClock(20);
    expect(lab.telegram.sent).toEqual(['1', '2', '3']);
    expect(dispatcher.backlogOfBot(good)).toBe(0);
  });

  test('messages to a group that became a supergroup are sent to the new chat, in order', async () => {
    const bot = await lab.bot();
    await lab.enqueueAll(bot, -7, ['1', '2', '3']);
    lab.telegram.answer = ({ payload }) => {
      if (payload.chat_id === -7)
        throw apiError(400, 'Bad Request: group chat was upgraded to a supergroup chat', { migrate_to_chat_id: -100 });
      return { message_id: 1 };
    };
    const dispatcher = await lab.startDispatcher();
    await lab.advanceClock(20);
    await dispatcher.idle();
    expect(lab.telegram.calls.map(({ payload }) => [payload.chat_id, payload.text])).toEqual([
      [-7, '1'],
      [-100, '1'],
      [-100, '2'],
      [-100, '3'],
    ]);
  });
});
