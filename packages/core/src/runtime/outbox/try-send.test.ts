import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { BotloomError } from '../../errors/index.ts';
import { silentLogger } from '../../ports/index.ts';
import { TelegramNetworkError } from '../../telegram/index.ts';
import { flushEventLoop } from '../fixtures/create-test-storage.ts';
import { createDispatcherHarness, OWNER, type DispatcherHarness } from '../fixtures/dispatcher-harness.ts';
import { apiError } from '../fixtures/stub-telegram.ts';
import { DEFAULT_RUNTIME_OPTIONS } from '../runtime-options.ts';
import { Dispatcher } from './dispatcher.ts';

let lab: DispatcherHarness;

beforeEach(async () => {
  lab = await createDispatcherHarness();
});

afterEach(() => lab.storage.close());

describe('a message with delivery at most once', () => {
  test('is sent to the new chat of a group that became a supergroup, because the rejection is certain', async () => {
    const bot = await lab.bot();
    await lab.enqueue(OWNER, bot, -7, 'once', { delivery: 'at_most_once' });
    lab.telegram.answer = ({ payload }) => {
      if (payload.chat_id === -7)
        throw apiError(400, 'Bad Request: group chat was upgraded to a supergroup chat', { migrate_to_chat_id: -100 });
      return { message_id: 1 };
    };
    await lab.startDispatcher();
    await lab.advanceClock(20);
    expect(lab.telegram.sent).toEqual(['once']);
    await expect.poll(() => lab.messages(bot)).toEqual(['sent once']);
  });

  test('is sent after a restart if Telegram responded with a 429', async () => {
    const bot = await lab.bot();
    await lab.enqueue(OWNER, bot, 7, 'once', { delivery: 'at_most_once' });
    lab.telegram.answer = () => {
      throw apiError(429, 'Too Many Requests: retry after 5', { retry_after: 5 });
    };
    await (await lab.startDispatcher()).stop(0);
    lab.telegram.answer = () => ({ message_id: 1 });
    await lab.startDispatcher();
    expect(lab.telegram.sent).toEqual(['once']);
  });

  test('fails if the outcome of its attempt is unknown, also after a restart', async () => {
    const bot = await lab.bot();
    await lab.enqueue(OWNER, bot, 7, 'reset', { delivery: 'at_most_once' });
    const id = await lab.enqueue(OWNER, bot, 8, 'crashed', { delivery: 'at_most_once' });
    await lab.storage.outbox.markAttempted(OWNER, id, true);
    lab.telegram.answer = () => {
      throw new TelegramNetworkError('sendMessage', 'socket hang up', true);
    };
    await lab.startDispatcher();
    expect(lab.telegram.calls.map(({ payload }) => payload.text)).toEqual(['reset']);
    await expect.poll(() => lab.messages(bot)).toEqual(['failed reset', 'failed crashed']);
  });

  test('is not lost if the database was unavailable before the attempt', async () => {
    const bot = await lab.bot();
    await lab.enqueue(OWNER, bot, 7, 'precious', { delivery: 'at_most_once' });
    const { outbox } = lab.storage;
    let tries = 0;
    const dispatcher = new Dispatcher({
      currentOwner: () => OWNER,
      secrets: lab.storage.secrets,
      uploads: lab.storage.uploads,
      telegram: lab.telegram,
      clock: lab.clock,
      events: lab.events,
      logger: silentLogger,
      options: DEFAULT_RUNTIME_OPTIONS,
      outbox: {
        ...outbox,
        markAttempted(owner, id, is_attempted) {
          tries += 1;
          return tries === 1
            ? Promise.reject(new BotloomError('STORAGE_UNAVAILABLE'))
            : outbox.markAttempted(owner, id, is_attempted);
        },
      },
      credentials: (id) => ({ id, token: 't' }),
      isLeaseHeld: () => true,
      onBacklogReduced: () => undefined,
      onFailuresRecorded: () => undefined,
      onCredentialsRejected: () => undefined,
    });
    dispatcher.start();
    await flushEventLoop();
    await lab.advanceClock(1_000);
    expect(lab.telegram.sent).toEqual(['precious']);
    await expect.poll(() => lab.messages(bot)).toEqual(['sent precious']);
  });
});
