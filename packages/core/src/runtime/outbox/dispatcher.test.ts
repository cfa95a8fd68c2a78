import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { BotloomError } from '../../errors/index.ts';
import { TelegramNetworkError } from '../../telegram/index.ts';
import { EVERYONE, flushEventLoop } from '../fixtures/create-test-storage.ts';
import { createDispatcherHarness, OWNER, type DispatcherHarness } from '../fixtures/dispatcher-harness.ts';
import { apiError } from '../fixtures/stub-telegram.ts';

let lab: DispatcherHarness;

beforeEach(async () => {
  lab = await createDispatcherHarness();
});

afterEach(() => lab.storage.close());

describe('a queued message', () => {
  test('is sent in order per chat and recorded as sent', async () => {
    const bot = await lab.bot();
    await lab.enqueueAll(bot, 7, ['1', '2', '3']);
    const dispatcher = await lab.startDispatcher();
    await dispatcher.idle();
    expect(lab.telegram.sent).toEqual(['1', '2', '3']);
    await expect.poll(() => lab.messages(bot)).toEqual(['sent 1', 'sent 2', 'sent 3']);
  });

  test('that does not fit in memory is read from the table, in order, before rows of later commits', async () => {
    const bot = await lab.bot();
    const texts = Array.from({ length: 60 }, (_, index) => `${index}`);
    await lab.enqueueAll(bot, 7, texts);
    const dispatcher = lab.dispatcher({ memoryRows: 20 });
    dispatcher.start();
    const id = await lab.enqueue(OWNER, bot, 7, 'last');
    dispatcher.add([
      {
        source: 'message',
        id,
        position: id,
        bot_id: bot,
        user_id: null,
        chat_id: 7,
        thread_id: 0,
        method: 'sendMessage',
        payload: { text: 'last' },
        delivery: 'at_least_once',
        expires_at: 8e15,
        was_attempted: false,
      },
    ]);
    // On SQLite, results wait a few real milliseconds for a batch.
    await expect
      .poll(async () => {
        await lab.advanceClock(20);
        return lab.telegram.sent.length;
      })
      .toBe(61);
    expect(lab.telegram.sent).toEqual([...texts, 'last']);
    expect(dispatcher.backlog).toBe(0);
  });

  test('that is only in the table counts as backlog, too: the backlog slows down updates', async () => {
    const bot = await lab.bot();
    await lab.enqueueAll(
      bot,
      7,
      Array.from({ length: 50 }, (_, index) => `${index}`),
    );
    lab.telegram.answer = () => new Promise(() => undefined);
    const dispatcher = await lab.startDispatcher({ memoryRows: 10 });
    expect([dispatcher.backlog, dispatcher.backlogOfBot(bot)]).toEqual([50, 50]);
  });

  test('that another instance stored without a notification is found by polling', async () => {
    const bot = await lab.bot();
    await lab.startDispatcher();
    await lab.enqueue(OWNER, bot, 7, 'given');
    await lab.advanceClock(2_000);
    expect(lab.telegram.sent).toEqual(['given']);
  });

  test('that is expired fails', async () => {
    const bot = await lab.bot();
    await lab.enqueue(OWNER, bot, 7, 'old', { expires_at: lab.clock.now() - 1 });
    await lab.startDispatcher();
    expect(lab.telegram.calls).toEqual([]);
    await expect.poll(() => lab.messages(bot)).toEqual(['failed old']);
  });
});

describe('changes while messages are queued', () => {
  test('a message stays queued while the bot cannot be read', async () => {
    const bot = await lab.bot();
    await lab.enqueueAll(bot, 7, ['1']);
    lab.token = new BotloomError('STORAGE_UNAVAILABLE');
    await lab.startDispatcher();
    await expect.poll(() => lab.messages(bot)).toEqual(['queued 1']);
    lab.token = '1:token';
    await lab.advanceClock(1_000);
    await expect.poll(() => lab.messages(bot)).toEqual(['sent 1']);
  });

  test('the queued messages of a deactivated bot are sent first when it is active again', async () => {
    const bot = await lab.bot();
    await lab.enqueueAll(bot, 7, ['1', '2']);
    lab.token = null;
    const dispatcher = lab.dispatcher();
    dispatcher.start();
    await lab.storage.bots.update(EVERYONE, bot, { is_active: false });
    await lab.advanceClock(0);
    expect(lab.telegram.calls).toEqual([]);
    await lab.storage.bots.update(EVERYONE, bot, { is_active: true });
    lab.token = '1:token';
    await lab.enqueueAll(bot, 7, ['3']);
    dispatcher.wake(bot);
    await lab.advanceClock(20);
    expect(lab.telegram.sent).toEqual(['1', '2', '3']);
  });

  test('after a lost lease, an in-flight row is not retried and the rows behind it are not sent', async () => {
    const bot = await lab.bot();
    await lab.enqueueAll(bot, 7, ['1', '2']);
    let refuse: ((error: Error) => void) | undefined;
    lab.telegram.answer = () => new Promise((_, reject) => (refuse = reject));
    const dispatcher = await lab.startDispatcher();
    expect(lab.telegram.calls).toHaveLength(1);
    // Another instance takes over the rows while the first one is being sent here.
    await lab.storage.instances.register('other', 'other', 5_000);
    await lab.storage.instances.takeOver('other');
    dispatcher.discardAll();
    dispatcher.loadFromTable();
    refuse?.(new TelegramNetworkError('sendMessage', 'socket hang up', true));
    await flushEventLoop();
    await lab.advanceClock(5_000);
    expect(lab.telegram.calls).toHaveLength(1);
  });

  test('nothing is sent while the lease is not held', async () => {
    const bot = await lab.bot();
    await lab.enqueueAll(bot, 7, ['1']);
    lab.isLeaseHeld = false;
    const dispatcher = await lab.startDispatcher();
    expect(lab.telegram.calls).toEqual([]);
    lab.isLeaseHeld = true;
    dispatcher.wake();
    await lab.advanceClock(0);
    expect(lab.telegram.sent).toEqual(['1']);
  });
});

describe('stopping', () => {
  test('does not wait for a paused bot', async () => {
    const bot = await lab.bot();
    await lab.enqueueAll(bot, 7, ['1']);
    lab.telegram.answer = () => {
      throw apiError(401, 'Unauthorized');
    };
    const dispatcher = await lab.startDispatcher();
    await dispatcher.stop(10_000);
    await expect.poll(() => lab.messages(bot)).toEqual(['queued 1']);
  });

  test('waits for the message in flight and records it, but does not send the others', async () => {
    const bot = await lab.bot();
    await lab.enqueueAll(bot, 7, ['1', '2']);
    let answer: (() => void) | undefined;
    lab.telegram.answer = () =>
      new Promise(
        (resolve) =>
          (answer = () => {
            resolve({ message_id: 1 });
          }),
      );
    const dispatcher = await lab.startDispatcher();
    const stopped = dispatcher.stop(10_000);
    lab.clock.advance(5_000);
    await flushEventLoop();
    answer?.();
    await flushEventLoop();
    await stopped;
    await expect.poll(() => lab.messages(bot)).toEqual(['sent 1', 'queued 2']);
    expect(lab.telegram.calls).toHaveLength(1);
  });

  test('records nothing afterwards, even if a late response arrives', async () => {
    const bot = await lab.bot();
    await lab.enqueueAll(bot, 7, ['1']);
    let answer: (() => void) | undefined;
    lab.telegram.answer = () =>
      new Promise(
        (resolve) =>
          (answer = () => {
            resolve({ message_id: 1 });
          }),
      );
    const dispatcher = await lab.startDispatcher();
    const stopped = dispatcher.stop(1_000);
    lab.clock.advance(1_000);
    await flushEventLoop();
    lab.clock.advance(1_000);
    await stopped;
    answer?.();
    await lab.advanceClock(5_000);
    await expect.poll(() => lab.messages(bot)).toEqual(['queued 1']);
  });
});
