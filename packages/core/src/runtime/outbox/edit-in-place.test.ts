import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../model/index.ts';
import { createManualClock, silentLogger, type ManualClock } from '../../ports/index.ts';
import type { OutboxItem } from '../../storage/index.ts';
import { createTestStorage, flushEventLoop, type TestStorage } from '../fixtures/create-test-storage.ts';
import { apiError, createStubTelegram, type StubTelegram } from '../fixtures/stub-telegram.ts';
import { RuntimeEvents } from '../runtime-events.ts';
import { DEFAULT_RUNTIME_OPTIONS } from '../runtime-options.ts';
import { Dispatcher } from './dispatcher.ts';
import { PAUSE_PARAMETER } from './pause-parameter.ts';

const ME = 'me';
const flow = randomUUID();

let base: TestStorage;
let telegram: StubTelegram;
let clock: ManualClock;
let bot: string;
let person: string;

beforeEach(async () => {
  base = await createTestStorage();
  telegram = createStubTelegram();
  clock = createManualClock();
  bot = await base.bot();
  person = await base.user(bot, 7);
});

afterEach(() => base.storage.close());

function start(): Dispatcher {
  const dispatcher = new Dispatcher({
    currentOwner: () => ME,
    outbox: base.storage.outbox,
    secrets: base.storage.secrets,
    uploads: base.storage.uploads,
    telegram,
    clock,
    events: new RuntimeEvents(silentLogger),
    logger: silentLogger,
    options: DEFAULT_RUNTIME_OPTIONS,
    credentials: (id) => ({ id, token: '1:token' }),
    isLeaseHeld: () => true,
    onBacklogReduced: () => undefined,
    onFailuresRecorded: () => undefined,
    onCredentialsRejected: () => undefined,
  });
  dispatcher.start();
  return dispatcher;
}

/**
 * Sends all queued rows and advances the clock until they are recorded. On SQLite, results wait a few real milliseconds
 * for a batch.
 */
async function sendAll(): Promise<void> {
  start();
  await expect
    .poll(async () => {
      clock.advance(DEFAULT_RUNTIME_OPTIONS.settleDelay);
      await flushEventLoop();
      return base.storage.outbox.backlog(ME);
    })
    .toBe(0);
}

async function queue(method: string, payload: JsonObject, flow_id = flow): Promise<void> {
  const send = { method, delivery: 'at_least_once', expires_at: 8e15 } as const;
  const text = typeof payload.text === 'string' ? payload.text : null;
  await base.storage.outbox.enqueue(
    ME,
    {
      bot_id: bot,
      user_id: person,
      chat_id: 7,
      thread_id: 3,
      direction: 'outgoing',
      type: 'text',
      text,
      file_id: null,
      flow_id,
      telegram_message_id: null,
      payload,
      send,
    },
    { id: 7, type: 'private' },
  );
}

const calls = (): unknown[] => telegram.calls.map(({ method, payload }) => [method, payload]);

describe('a message that replaces another one', () => {
  test('edits the last message of its flow, whose ID is known only after it was sent', async () => {
    await queue('sendMessage', { text: 'one' });
    await queue('sendMessage', { text: 'another flow' }, randomUUID());
    await queue('editMessageText', { text: 'two', protect_content: true });
    await queue('editMessageText', { text: 'three' });
    await sendAll();
    expect(calls()).toEqual([
      ['sendMessage', { chat_id: 7, message_thread_id: 3, text: 'one' }],
      ['sendMessage', { chat_id: 7, message_thread_id: 3, text: 'another flow' }],
      ['editMessageText', { chat_id: 7, message_id: 1, text: 'two' }],
      ['editMessageText', { chat_id: 7, message_id: 3, text: 'three' }],
    ]);
  });

  test('is sent as a new message if the flow has sent nothing', async () => {
    await queue('editMessageText', { text: 'two', protect_content: true });
    await sendAll();
    expect(calls()).toEqual([
      ['sendMessage', { chat_id: 7, message_thread_id: 3, text: 'two', protect_content: true }],
    ]);
  });

  test.each(['message to edit not found', "message can't be edited", 'there is no text in the message to edit'])(
    'is sent as a new message if Telegram responds: %s',
    async (reason) => {
      telegram.answer = ({ method }) => {
        if (method === 'editMessageText') throw apiError(400, `Bad Request: ${reason}`);
        return { message_id: 9 };
      };
      await queue('editMessageText', { message_id: 5, text: 'two' });
      await sendAll();
      expect(calls()).toEqual([
        ['editMessageText', { chat_id: 7, message_id: 5, text: 'two' }],
        ['sendMessage', { chat_id: 7, message_thread_id: 3, text: 'two' }],
      ]);
    },
  );

  test('with media is sent as a new message if there is nothing to edit', async () => {
    telegram.answer = ({ method }) => {
      if (method === 'editMessageMedia') throw apiError(400, "Bad Request: message can't be edited");
      return { message_id: 9 };
    };
    const media = { type: 'animation', media: 'https://example.com/a.gif', caption: 'two', has_spoiler: true };
    await queue('editMessageMedia', { message_id: 5, media, protect_content: true });
    await queue('editMessageMedia', { media: { type: 'photo', media: 'AgACAgIAAx' } }, randomUUID());
    await sendAll();
    expect(calls()).toEqual([
      ['editMessageMedia', { chat_id: 7, message_id: 5, media }],
      [
        'sendAnimation',
        {
          chat_id: 7,
          message_thread_id: 3,
          animation: 'https://example.com/a.gif',
          caption: 'two',
          has_spoiler: true,
          protect_content: true,
        },
      ],
      ['sendPhoto', { chat_id: 7, message_thread_id: 3, photo: 'AgACAgIAAx' }],
    ]);
  });

  test('with the same content as before counts as sent', async () => {
    telegram.answer = () => {
      throw apiError(400, 'Bad Request: message is not modified: …');
    };
    await queue('editMessageText', { message_id: 5, text: 'two' });
    await sendAll();
    expect(calls()).toHaveLength(1);
  });
});

test('a chat action with a pause delays its chat for that time, and no other chat', async () => {
  const dispatcher = start();
  await flushEventLoop();
  const item: OutboxItem = {
    source: 'call',
    id: 1,
    position: 1,
    bot_id: bot,
    user_id: null,
    chat_id: 7,
    thread_id: 0,
    method: 'sendChatAction',
    payload: { action: 'typing', [PAUSE_PARAMETER]: 3000 },
    delivery: 'at_least_once',
    expires_at: 8e15,
    was_attempted: false,
  };
  dispatcher.add([
    item,
    { ...item, source: 'message', id: 2, position: 2, method: 'sendMessage', payload: { text: 'hi' } },
    { ...item, source: 'message', id: 3, position: 3, chat_id: 8, method: 'sendMessage', payload: { text: 'other' } },
  ]);
  await flushEventLoop();
  expect(calls()).toEqual([
    ['sendChatAction', { chat_id: 7, action: 'typing' }],
    ['sendMessage', { chat_id: 8, text: 'other' }],
  ]);
  clock.advance(3000);
  await flushEventLoop();
  expect(telegram.sent).toEqual(['other', 'hi']);
});

test('an album is recorded with the ID of its first message', async () => {
  telegram.answer = () => [{ message_id: 21 }, { message_id: 22 }];
  await queue('sendMediaGroup', { media: [] });
  await sendAll();
  const { items } = await base.storage.messages.list({ owner: null }, bot, {}, { limit: 1 });
  expect(items).toMatchObject([{ telegram_message_id: 21, status: 'sent' }]);
});
