import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BotUser, Message } from '@botloom/core';
import type { Fault } from '@botloom/fake-telegram';
import { createHarnessDatabase, type HarnessDatabase } from '../src/journeys/stage/databases.ts';
import { startTestHarness, type HarnessBot, type TestHarness } from '../src/journeys/stage/test-harness.ts';
import { waitFor } from '../src/journeys/wait-for.ts';

/** Maximum calls of one bot in flight. */
const CONCURRENCY = 8;

/** Number of unsent messages at which the backlog of a chat is full. */
const CHAT_BACKLOG_LIMIT = 20;

const ECHO = { is_default: true, flow_data: { response: 'echo {{ message.text }}' } };

describe.each([{ database: 'SQLite in memory' }, { database: 'PostgreSQL' }] as const)(
  'when Telegram fails, on $database',
  ({ database }) => {
    let store: HarnessDatabase;
    let harness: TestHarness;

    beforeAll(async () => {
      store = await createHarnessDatabase(database);
      harness = await startTestHarness({
        adapter: 'fastify',
        storage: store.storage(),
        callTimeout: 400,
        runtime: { botConcurrency: CONCURRENCY, chatBacklog: CHAT_BACKLOG_LIMIT },
      });
    });

    afterAll(async () => {
      await harness.stop();
      await store.drop();
    });

    test('after a 429 the chat waits exactly as long as requested, in order, and other chats continue', async () => {
      const bot = await harness.createBot({ flows: [ECHO] });
      const [ann, bob] = [harness.telegram.user('Ann').in(bot.fake), harness.telegram.user('Bob').in(bot.fake)];
      harness.telegram.fail({
        bot: bot.fake,
        method: 'sendMessage',
        chat_id: ann.chat_id,
        with: { status: 429, retry_after: 1 },
      });
      for (const text of ['a', 'b', 'c']) await ann.send(text);
      await refused(harness, bot, ann.chat_id);
      await bob.send('meanwhile');
      await bob.expectReply('echo meanwhile');
      expect(callsOf(harness, bot, ann.chat_id)).toHaveLength(1);
      for (const text of ['a', 'b', 'c']) await ann.expectReply(`echo ${text}`);
      const [first, second, ...rest] = callsOf(harness, bot, ann.chat_id);
      expect([first, second, ...rest].map((call) => call?.parameters.text)).toEqual([
        'echo a',
        'echo a',
        'echo b',
        'echo c',
      ]);
      expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(1000);
    });

    test('a 429 of the whole bot pauses the bot, not chat by chat, and every user gets a reply', async () => {
      const bot = await harness.createBot({ flows: [ECHO] });
      const people = Array.from({ length: 40 }, (_, index) => harness.telegram.user(`Fan ${index}`).in(bot.fake));
      // Prevents one commit from putting them all on the wire at once.
      const slow = harness.telegram.latency({ bot: bot.fake, method: 'sendMessage', ms: 20 });
      const flood = harness.telegram.fail({
        bot: bot.fake,
        method: 'sendMessage',
        times: Infinity,
        with: { status: 429, retry_after: 1 },
      });
      for (const person of people) await person.send('hi');
      await waitFor(() => flood.hits >= CONCURRENCY, { what: 'the bot to be refused' });
      await harness.telegram.idle({ quiet: 200 });
      expect(flood.hits).toBeLessThan(people.length / 2);
      flood.cancel();
      slow.cancel();
      for (const person of people) await person.expectReply('echo hi');
    });

    test('a slow group accepts messages up to its backlog limit; then flows report it and still reply', async () => {
      const bot = await harness.createBot({ flows: [] });
      const ann = harness.telegram.user('Ann');
      const group = harness.telegram.group('Orders', [ann], { bots: [bot.fake], type: 'supergroup' });
      const steps = [
        {
          id: 'tell',
          type: 'notify',
          to: String(group.id),
          text: 'An order of {{ user.first_name }}',
          on_error: 'sorry',
        },
        { id: 'told', type: 'message', text: 'We are on it', next: null },
        { id: 'sorry', type: 'message', text: 'Please call us', next: null },
      ];
      await harness.api.call('POST', `${bot.path}/flows`, {
        name: 'Order',
        trigger_command: 'order',
        flow_data: { steps },
      });
      const flood = harness.telegram.fail({
        bot: bot.fake,
        method: 'sendMessage',
        chat_id: group.id,
        times: Infinity,
        with: { status: 429, retry_after: 1 },
      });
      const bob = harness.telegram.user('Bob').in(bot.fake);
      for (let order = 1; order <= CHAT_BACKLOG_LIMIT; order += 1) {
        await bob.send('/order');
        await bob.expectReply('We are on it');
      }
      await bob.send('/order');
      await bob.expectReply('Please call us');
      flood.cancel();
      const here = ann.in(group);
      for (let order = 1; order <= CHAT_BACKLOG_LIMIT; order += 1) await here.expectReply('An order of Bob');
      await harness.quiet();
      await here.expectNoReply();
      await bob.send('/order');
      await bob.expectReply('We are on it');
    });

    test('a user who blocks the bot is marked, pending messages fail with the reason, and a return works', async () => {
      const bot = await harness.createBot({ flows: [ECHO] });
      const [ann, bob] = [harness.telegram.user('Ann'), harness.telegram.user('Bob')];
      const chat = ann.in(bot.fake);
      const slow = harness.telegram.latency({ bot: bot.fake, method: 'sendMessage', chat_id: chat.chat_id, ms: 150 });
      for (const text of ['a', 'b', 'c']) await chat.send(text);
      ann.block(bot.fake);
      await bob.in(bot.fake).send('hello');
      await bob.in(bot.fake).expectReply('echo hello');
      await harness.quiet();
      slow.cancel();
      expect(callsOf(harness, bot, chat.chat_id)).toHaveLength(1);
      const failed = await outgoing(harness, bot, chat.chat_id);
      expect(failed.map(({ text, status }) => [text, status])).toEqual([
        ['echo a', 'failed'],
        ['echo b', 'failed'],
        ['echo c', 'failed'],
      ]);
      for (const { failure } of failed) expect(failure).toMatch(/403 Forbidden: bot was blocked by the user/);
      const user = await personOf(harness, bot, chat.chat_id);
      expect(user).toMatchObject({ is_blocked: true });
      expect(
        await harness.api.send('POST', `${bot.path}/messages`, { body: { user_id: user.id, text: 'Come back' } }),
      ).toMatchObject({ status: 422, body: { code: 'USER_BLOCKED' } });

      ann.unblock(bot.fake);
      await chat.send('here again');
      await chat.expectReply('echo here again');
      expect(await personOf(harness, bot, chat.chat_id)).toMatchObject({ is_blocked: false });
    });

    const faults: readonly { readonly fault: Fault; readonly times: number; readonly sent: number }[] = [
      { fault: { status: 500 }, times: 2, sent: 1 },
      { fault: 'html_502', times: 1, sent: 1 },
      { fault: 'invalid_json', times: 1, sent: 1 },
      { fault: 'reset', times: 1, sent: 1 },
      { fault: 'timeout', times: 1, sent: 1 },
      // The one unavoidable case: Telegram has executed the call, and Botloom cannot know it.
      { fault: 'accepted_then_reset', times: 1, sent: 2 },
      { fault: 'accepted_then_timeout', times: 1, sent: 2 },
    ];

    test.each(faults)(
      'after $fault it is sent again, $sent times in total, and later messages stay behind it',
      async ({ fault, times, sent }) => {
        const bot = await harness.createBot({ flows: [ECHO] });
        const ann = harness.telegram.user('Ann').in(bot.fake);
        const script = harness.telegram.fail({ bot: bot.fake, method: 'sendMessage', times, with: fault });
        await ann.send('first');
        await ann.send('second');
        await ann.expectReply('echo second', { skip: true });
        await harness.quiet();
        expect(script.hits).toBe(times);
        const applied = callsOf(harness, bot, ann.chat_id)
          .filter((call) => call.applied)
          .map((call) => call.parameters.text);
        expect(applied).toEqual([...Array.from({ length: sent }, () => 'echo first'), 'echo second']);
        expect((await outgoing(harness, bot, ann.chat_id)).map(({ status }) => status)).toEqual(['sent', 'sent']);
      },
    );

    test('a permanent rejection is recorded with its description, and the next message is sent', async () => {
      const bot = await harness.createBot({ flows: [ECHO] });
      const ann = harness.telegram.user('Ann').in(bot.fake);
      harness.telegram.fail({
        bot: bot.fake,
        method: 'sendMessage',
        with: { status: 400, description: 'Bad Request: message is too long' },
      });
      await ann.send('a');
      await ann.send('b');
      await ann.expectReply('echo b');
      await harness.quiet();
      expect(await outgoing(harness, bot, ann.chat_id)).toMatchObject([
        { status: 'failed', failure: '400 Bad Request: message is too long' },
        { status: 'sent' },
      ]);
    });

    test('replies follow a group that becomes a supergroup, once each and in order', async () => {
      const bot = await harness.createBot({
        flows: [{ trigger_command: 'start', flow_data: { response: 'echo {{ message.text }}' } }],
      });
      const ann = harness.telegram.user('Ann');
      const group = harness.telegram.group('Friends', [ann], { bots: [bot.fake] });
      const slow = harness.telegram.latency({ bot: bot.fake, method: 'sendMessage', ms: 150 });
      for (const number of [1, 2, 3]) await ann.in(group).send(`/start ${number}`);
      await waitFor(() => callsOf(harness, bot, group.id).length > 0, { what: 'the first reply to be under way' });
      const supergroup = group.migrate();
      slow.cancel();
      for (const number of [1, 2, 3]) await ann.in(supergroup).expectReply(`echo /start ${number}`);
      await harness.quiet();
      await ann.in(supergroup).expectNoReply();
    });
  },
);

function callsOf(harness: TestHarness, bot: HarnessBot, chat_id: number) {
  return harness.telegram.callsTo({ bot: bot.fake, method: 'sendMessage', chat_id });
}

/** Resolves when Telegram has rejected the first send to a chat. */
async function refused(harness: TestHarness, bot: HarnessBot, chat_id: number): Promise<void> {
  await waitFor(() => callsOf(harness, bot, chat_id).some(({ error_code }) => error_code !== undefined), {
    what: 'the first send to be refused',
  });
}

/** The outgoing messages of a chat, oldest first. */
async function outgoing(harness: TestHarness, bot: HarnessBot, chat_id: number): Promise<readonly Message[]> {
  const messages = await harness.api.all<Message>(`${bot.path}/messages?direction=outgoing`);
  return messages.filter((message) => message.chat_id === chat_id).sort((a, b) => a.id - b.id);
}

async function personOf(harness: TestHarness, bot: HarnessBot, chat_id: number): Promise<BotUser> {
  const user = (await harness.api.all<BotUser>(`${bot.path}/users`)).find((candidate) => candidate.chat_id === chat_id);
  if (user === undefined) throw new Error('The person is not a user of the bot.');
  return user;
}
