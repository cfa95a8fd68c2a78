import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BotStats, BotUser, Message } from '@botloom/core';
import { sharedDataOrSkip } from '@botloom/tools/shared-data';
import { ALL_STACKS } from '../src/journeys/stage/all-stacks.ts';
import { createHarnessDatabase, type HarnessDatabase } from '../src/journeys/stage/databases.ts';
import { startTestHarness, type HarnessBot, type TestHarness } from '../src/journeys/stage/test-harness.ts';
import { distributeToBots } from '../src/journeys/updates/distribute-to-bots.ts';
import { countReplies, expectState, type ExpectedState } from '../src/journeys/updates/expected-state.ts';
import { EXTREME_UPDATES } from '../src/journeys/updates/extreme-updates.ts';
import { INVALID_UPDATES } from '../src/journeys/updates/invalid-updates.ts';
import { SAMPLE_UPDATES } from '../src/journeys/updates/sample-updates.ts';

type Raw = Readonly<Record<string, unknown>>;

describe.each(ALL_STACKS)('updates on $adapter with $database', ({ adapter, database }) => {
  let store: HarnessDatabase;
  let harness: TestHarness;

  beforeAll(async () => {
    store = await createHarnessDatabase(database);
    harness = await startTestHarness({ adapter, storage: store.storage() });
    // The chats of the sample do not exist at this fake Telegram, which would mark some users as blocked. The log alone
    // decides.
    harness.telegram.fail({
      method: 'sendMessage',
      times: Infinity,
      with: { status: 400, description: 'Bad Request: chat not found' },
    });
  });

  afterAll(async () => {
    await harness.stop();
    await store.drop();
  });

  test('each sample update, posted three times at once, changes state once, as documented for its kind', async () => {
    await postAndCompare(harness, SAMPLE_UPDATES);
  });

  test('the same for each line of ../shared/telegram/updates.jsonl', async (context) => {
    const lines = await readFile(sharedDataOrSkip('telegram/updates.jsonl', context), 'utf8');
    await postAndCompare(
      harness,
      lines
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as Raw),
    );
  });

  test('no update of any size or shape gets an error response or holds up other chats', async () => {
    const bot = await harness.createBot({ flows: [{ is_default: true, flow_data: { response: 'ok' } }] });
    for (const update of EXTREME_UPDATES) {
      const { status } = await post(harness, bot, JSON.stringify(update));
      expect({ status, update: JSON.stringify(update).slice(0, 200) }).toMatchObject({ status: 200 });
    }
    await harness.botloom.idle();
    expect(await harness.api.call<BotStats>('GET', `${bot.path}/stats`)).toMatchObject({
      request_count: EXTREME_UPDATES.length,
    });
    expect(await harness.api.all(`${bot.path}/dead_letters`)).toEqual([]);
  });

  test('an invalid update gets a 400 response and leaves nothing behind', async () => {
    const bot = await harness.createBot();
    for (const body of INVALID_UPDATES) {
      const { status, body: problem } = await post(harness, bot, body);
      expect({ body, status, problem }).toMatchObject({
        status: 400,
        problem: {
          status: 400,
          code: expect.stringMatching(/^(UPDATE_INVALID|BODY_NOT_JSON|BAD_REQUEST)$/) as unknown,
        },
      });
    }
    await expectStored(harness, bot, expectState([]), 0);
  });
});

async function postAndCompare(harness: TestHarness, all: readonly Raw[]): Promise<void> {
  for (const updates of distributeToBots(all)) {
    const bot = await harness.createBot({ flows: [{ is_default: true, flow_data: { response: 'ok' } }] });
    let update_id = 1_000;
    for (const update of updates) {
      update_id += 1;
      const body = JSON.stringify({ ...update, update_id });
      const answers = await Promise.all([1, 2, 3].map(() => post(harness, bot, body)));
      expect(
        answers.map(({ status }) => status),
        body,
      ).toEqual([200, 200, 200]);
    }
    await harness.botloom.idle();
    await expectStored(harness, bot, expectState(updates), countReplies(updates));
  }
}

function post(harness: TestHarness, bot: HarnessBot, body: string): ReturnType<TestHarness['api']['send']> {
  const secret = bot.fake.webhook?.secret_token ?? '';
  return harness.api.send('POST', `/api/webhook/${bot.id}`, {
    body,
    key: null,
    headers: { 'x-telegram-bot-api-secret-token': secret, 'content-type': 'application/json' },
  });
}

async function expectStored(
  harness: TestHarness,
  bot: HarnessBot,
  expected: ExpectedState,
  replies: number,
): Promise<void> {
  const users = await harness.api.all<BotUser>(`${bot.path}/users`);
  const chatIds = new Map(users.map((user) => [user.id, user.chat_id]));
  expect(
    sortedBy(
      users.map(({ chat_id, username, first_name, last_name, language, phone, is_blocked }) => ({
        chat_id,
        username,
        first_name,
        last_name,
        language,
        phone,
        is_blocked,
      })),
      'chat_id',
    ),
  ).toEqual(sortedBy([...expected.users.values()], 'chat_id'));
  const incoming = await harness.api.all<Message>(`${bot.path}/messages?direction=incoming`);
  expect(
    sortedBy(incoming, 'id').map(({ type, text, file_id, telegram_message_id, chat_id, thread_id, user_id }) => ({
      type,
      text,
      file_id,
      telegram_message_id,
      chat_id,
      thread_id,
      user: user_id === null ? null : chatIds.get(user_id),
    })),
  ).toEqual(expected.messages);
  const stats = await harness.api.call<BotStats>('GET', `${bot.path}/stats`);
  expect(stats).toMatchObject({
    request_count: expected.requests,
    user_count: expected.users.size,
    messages: { incoming: expected.received, outgoing: replies },
  });
  expect(await harness.api.all(`${bot.path}/dead_letters`)).toEqual([]);
}

function sortedBy<Item, Key extends keyof Item>(items: readonly Item[], key: Key): Item[] {
  return [...items].sort((a, b) => Number(a[key]) - Number(b[key]));
}
