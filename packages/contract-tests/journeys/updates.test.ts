import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BotStats, BotUser, Message } from '@botloom/core';
import { sharedDataOrSkip } from '@botloom/tools/shared-data';
import { ALL_STAGES } from '../src/journeys/stage/all-stages.ts';
import { createStageDatabase, type StageDatabase } from '../src/journeys/stage/databases.ts';
import { startStage, type Stage, type StageBot } from '../src/journeys/stage/stage.ts';
import { countReplies, expectState, type ExpectedState } from '../src/journeys/updates/expected-state.ts';
import { EXTREME_UPDATES } from '../src/journeys/updates/extreme-updates.ts';
import { NO_UPDATES } from '../src/journeys/updates/no-updates.ts';
import { SAMPLE_UPDATES } from '../src/journeys/updates/sample-updates.ts';
import { splitIntoBots } from '../src/journeys/updates/split-into-bots.ts';

type Raw = Readonly<Record<string, unknown>>;

describe.each(ALL_STAGES)('updates on $adapter with $database', ({ adapter, database }) => {
  let store: StageDatabase;
  let stage: Stage;

  beforeAll(async () => {
    store = await createStageDatabase(database);
    stage = await startStage({ adapter, storage: store.storage() });
    // The chats of the sample do not exist at this Telegram, which would mark some people blocked; this way the log alone decides.
    stage.telegram.fail({
      method: 'sendMessage',
      times: Infinity,
      with: { status: 400, description: 'Bad Request: chat not found' },
    });
  });

  afterAll(async () => {
    await stage.stop();
    await store.drop();
  });

  test('each update of the sample, posted three times at once, changes state once, as the table of kinds says', async () => {
    await postAndCompare(stage, SAMPLE_UPDATES);
  });

  test('each line of ../shared/telegram/updates.jsonl, posted three times at once, does so, too', async (context) => {
    const lines = await readFile(sharedDataOrSkip('telegram/updates.jsonl', context), 'utf8');
    await postAndCompare(
      stage,
      lines
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as Raw),
    );
  });

  test('no update of any size or shape is answered with an error, and nobody waits behind it', async () => {
    const bot = await stage.createBot({ flows: [{ is_default: true, flow_data: { response: 'ok' } }] });
    for (const update of EXTREME_UPDATES) {
      const { status } = await post(stage, bot, JSON.stringify(update));
      expect({ status, update: JSON.stringify(update).slice(0, 200) }).toMatchObject({ status: 200 });
    }
    await stage.botloom.idle();
    expect(await stage.api.call<BotStats>('GET', `${bot.path}/stats`)).toMatchObject({
      request_count: EXTREME_UPDATES.length,
    });
    expect(await stage.api.all(`${bot.path}/dead_letters`)).toEqual([]);
  });

  test('what is no update is answered 400 and leaves nothing behind', async () => {
    const bot = await stage.createBot();
    for (const body of NO_UPDATES) {
      const { status, body: problem } = await post(stage, bot, body);
      expect({ body, status, problem }).toMatchObject({
        status: 400,
        problem: {
          status: 400,
          code: expect.stringMatching(/^(UPDATE_INVALID|BODY_NOT_JSON|BAD_REQUEST)$/) as unknown,
        },
      });
    }
    await expectStored(stage, bot, expectState([]), 0);
  });
});

async function postAndCompare(stage: Stage, all: readonly Raw[]): Promise<void> {
  for (const updates of splitIntoBots(all)) {
    const bot = await stage.createBot({ flows: [{ is_default: true, flow_data: { response: 'ok' } }] });
    let update_id = 1_000;
    for (const update of updates) {
      update_id += 1;
      const body = JSON.stringify({ ...update, update_id });
      const answers = await Promise.all([1, 2, 3].map(() => post(stage, bot, body)));
      expect(
        answers.map(({ status }) => status),
        body,
      ).toEqual([200, 200, 200]);
    }
    await stage.botloom.idle();
    await expectStored(stage, bot, expectState(updates), countReplies(updates));
  }
}

function post(stage: Stage, bot: StageBot, body: string): ReturnType<Stage['api']['send']> {
  const secret = bot.fake.webhook?.secret_token ?? '';
  return stage.api.send('POST', `/api/webhook/${bot.id}`, {
    body,
    key: null,
    headers: { 'x-telegram-bot-api-secret-token': secret, 'content-type': 'application/json' },
  });
}

async function expectStored(stage: Stage, bot: StageBot, expected: ExpectedState, replies: number): Promise<void> {
  const users = await stage.api.all<BotUser>(`${bot.path}/users`);
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
  const incoming = await stage.api.all<Message>(`${bot.path}/messages?direction=incoming`);
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
  const stats = await stage.api.call<BotStats>('GET', `${bot.path}/stats`);
  expect(stats).toMatchObject({
    request_count: expected.requests,
    user_count: expected.users.size,
    messages: { incoming: expected.received, outgoing: replies },
  });
  expect(await stage.api.all(`${bot.path}/dead_letters`)).toEqual([]);
}

function sortedBy<Item, Key extends keyof Item>(items: readonly Item[], key: Key): Item[] {
  return [...items].sort((a, b) => Number(a[key]) - Number(b[key]));
}
