import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BotUser, Message } from '@botloom/core';
import type { Fault } from '@botloom/fake-telegram';
import { createStageDatabase, type StageDatabase } from '../src/journeys/stage/databases.ts';
import { startStage, type Stage, type StageBot } from '../src/journeys/stage/stage.ts';
import { until } from '../src/journeys/until.ts';

/** Calls of one bot under way at a time. */
const CONCURRENCY = 8;

/** Unsent messages with which a chat is full. */
const FULL = 20;

const ECHO = { is_default: true, flow_data: { response: 'echo {{ message.text }}' } };

describe.each([{ database: 'SQLite in memory' }, { database: 'PostgreSQL' }] as const)(
  'when Telegram fails, on $database',
  ({ database }) => {
    let store: StageDatabase;
    let stage: Stage;

    beforeAll(async () => {
      store = await createStageDatabase(database);
      stage = await startStage({
        adapter: 'fastify',
        storage: store.storage(),
        callTimeout: 400,
        runtime: { botConcurrency: CONCURRENCY, chatBacklog: FULL },
      });
    });

    afterAll(async () => {
      await stage.stop();
      await store.drop();
    });

    test('a 429 is waited out to the second, in order, and other chats go on', async () => {
      const bot = await stage.createBot({ flows: [ECHO] });
      const [ann, bob] = [stage.telegram.user('Ann').in(bot.fake), stage.telegram.user('Bob').in(bot.fake)];
      stage.telegram.fail({
        bot: bot.fake,
        method: 'sendMessage',
        chat_id: ann.chat_id,
        with: { status: 429, retry_after: 1 },
      });
      for (const text of ['a', 'b', 'c']) await ann.send(text);
      await refused(stage, bot, ann.chat_id);
      await bob.send('meanwhile');
      await bob.expectReply('echo meanwhile');
      expect(callsOf(stage, bot, ann.chat_id)).toHaveLength(1);
      for (const text of ['a', 'b', 'c']) await ann.expectReply(`echo ${text}`);
      const [first, second, ...rest] = callsOf(stage, bot, ann.chat_id);
      expect([first, second, ...rest].map((call) => call?.parameters.text)).toEqual([
        'echo a',
        'echo a',
        'echo b',
        'echo c',
      ]);
      expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(1000);
    });

    test('a 429 of the whole bot rests the bot, not chat by chat, and everybody gets their answer', async () => {
      const bot = await stage.createBot({ flows: [ECHO] });
      const people = Array.from({ length: 40 }, (_, index) => stage.telegram.user(`Fan ${index}`).in(bot.fake));
      // So that one commit does not put them all on the wire at once.
      const slow = stage.telegram.latency({ bot: bot.fake, method: 'sendMessage', ms: 20 });
      const flood = stage.telegram.fail({
        bot: bot.fake,
        method: 'sendMessage',
        times: Infinity,
        with: { status: 429, retry_after: 1 },
      });
      for (const person of people) await person.send('hi');
      await until(() => flood.hits >= CONCURRENCY, { what: 'the bot to be refused' });
      await stage.telegram.idle({ quiet: 200 });
      expect(flood.hits).toBeLessThan(people.length / 2);
      flood.cancel();
      slow.cancel();
      for (const person of people) await person.expectReply('echo hi');
    });

    test('a group that Telegram slows down takes so much of what flows tell it, then they say so, and everybody is answered', async () => {
      const bot = await stage.createBot({ flows: [] });
      const ann = stage.telegram.user('Ann');
      const group = stage.telegram.group('Orders', [ann], { bots: [bot.fake], type: 'supergroup' });
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
      await stage.api.call('POST', `${bot.path}/flows`, {
        name: 'Order',
        trigger_command: 'order',
        flow_data: { steps },
      });
      const flood = stage.telegram.fail({
        bot: bot.fake,
        method: 'sendMessage',
        chat_id: group.id,
        times: Infinity,
        with: { status: 429, retry_after: 1 },
      });
      const bob = stage.telegram.user('Bob').in(bot.fake);
      for (let order = 1; order <= FULL; order += 1) {
        await bob.send('/order');
        await bob.expectReply('We are on it');
      }
      await bob.send('/order');
      await bob.expectReply('Please call us');
      flood.cancel();
      const here = ann.in(group);
      for (let order = 1; order <= FULL; order += 1) await here.expectReply('An order of Bob');
      await stage.quiet();
      await here.expectNoReply();
      await bob.send('/order');
      await bob.expectReply('We are on it');
    });

    test('a person who blocks the bot is marked, what waits for them fails with the reason, and they can come back', async () => {
      const bot = await stage.createBot({ flows: [ECHO] });
      const [ann, bob] = [stage.telegram.user('Ann'), stage.telegram.user('Bob')];
      const chat = ann.in(bot.fake);
      const slow = stage.telegram.latency({ bot: bot.fake, method: 'sendMessage', chat_id: chat.chat_id, ms: 150 });
      for (const text of ['a', 'b', 'c']) await chat.send(text);
      ann.block(bot.fake);
      await bob.in(bot.fake).send('hello');
      await bob.in(bot.fake).expectReply('echo hello');
      await stage.quiet();
      slow.cancel();
      expect(callsOf(stage, bot, chat.chat_id)).toHaveLength(1);
      const failed = await outgoing(stage, bot, chat.chat_id);
      expect(failed.map(({ text, status }) => [text, status])).toEqual([
        ['echo a', 'failed'],
        ['echo b', 'failed'],
        ['echo c', 'failed'],
      ]);
      for (const { failure } of failed) expect(failure).toMatch(/403 Forbidden: bot was blocked by the user/);
      const user = await personOf(stage, bot, chat.chat_id);
      expect(user).toMatchObject({ is_blocked: true });
      expect(
        await stage.api.send('POST', `${bot.path}/messages`, { body: { user_id: user.id, text: 'Come back' } }),
      ).toMatchObject({ status: 422, body: { code: 'USER_BLOCKED' } });

      ann.unblock(bot.fake);
      await chat.send('here again');
      await chat.expectReply('echo here again');
      expect(await personOf(stage, bot, chat.chat_id)).toMatchObject({ is_blocked: false });
    });

    const faults: readonly { readonly fault: Fault; readonly times: number; readonly sent: number }[] = [
      { fault: { status: 500 }, times: 2, sent: 1 },
      { fault: 'html_502', times: 1, sent: 1 },
      { fault: 'invalid_json', times: 1, sent: 1 },
      { fault: 'reset', times: 1, sent: 1 },
      { fault: 'timeout', times: 1, sent: 1 },
      // The window that nobody can close: Telegram has done it and we cannot know.
      { fault: 'accepted_then_reset', times: 1, sent: 2 },
      { fault: 'accepted_then_timeout', times: 1, sent: 2 },
    ];

    test.each(faults)(
      'after $fault it is sent again, $sent times in all, and what follows stays behind it',
      async ({ fault, times, sent }) => {
        const bot = await stage.createBot({ flows: [ECHO] });
        const ann = stage.telegram.user('Ann').in(bot.fake);
        const script = stage.telegram.fail({ bot: bot.fake, method: 'sendMessage', times, with: fault });
        await ann.send('first');
        await ann.send('second');
        await ann.expectReply('echo second', { skip: true });
        await stage.quiet();
        expect(script.hits).toBe(times);
        const applied = callsOf(stage, bot, ann.chat_id)
          .filter((call) => call.applied)
          .map((call) => call.parameters.text);
        expect(applied).toEqual([...Array.from({ length: sent }, () => 'echo first'), 'echo second']);
        expect((await outgoing(stage, bot, ann.chat_id)).map(({ status }) => status)).toEqual(['sent', 'sent']);
      },
    );

    test('what Telegram refuses for good is recorded with its words, and the next message goes out', async () => {
      const bot = await stage.createBot({ flows: [ECHO] });
      const ann = stage.telegram.user('Ann').in(bot.fake);
      stage.telegram.fail({
        bot: bot.fake,
        method: 'sendMessage',
        with: { status: 400, description: 'Bad Request: message is too long' },
      });
      await ann.send('a');
      await ann.send('b');
      await ann.expectReply('echo b');
      await stage.quiet();
      expect(await outgoing(stage, bot, ann.chat_id)).toMatchObject([
        { status: 'failed', failure: '400 Bad Request: message is too long' },
        { status: 'sent' },
      ]);
    });

    test('replies follow a group that becomes a supergroup, once each and in order', async () => {
      const bot = await stage.createBot({
        flows: [{ trigger_command: 'start', flow_data: { response: 'echo {{ message.text }}' } }],
      });
      const ann = stage.telegram.user('Ann');
      const group = stage.telegram.group('Friends', [ann], { bots: [bot.fake] });
      const slow = stage.telegram.latency({ bot: bot.fake, method: 'sendMessage', ms: 150 });
      for (const number of [1, 2, 3]) await ann.in(group).send(`/start ${number}`);
      await until(() => callsOf(stage, bot, group.id).length > 0, { what: 'the first reply to be under way' });
      const supergroup = group.migrate();
      slow.cancel();
      for (const number of [1, 2, 3]) await ann.in(supergroup).expectReply(`echo /start ${number}`);
      await stage.quiet();
      await ann.in(supergroup).expectNoReply();
    });
  },
);

function callsOf(stage: Stage, bot: StageBot, chat_id: number) {
  return stage.telegram.callsTo({ bot: bot.fake, method: 'sendMessage', chat_id });
}

/** Resolves when Telegram has refused the first send to a chat. */
async function refused(stage: Stage, bot: StageBot, chat_id: number): Promise<void> {
  await until(() => callsOf(stage, bot, chat_id).some(({ error_code }) => error_code !== undefined), {
    what: 'the first send to be refused',
  });
}

/** The outgoing messages of a chat, oldest first. */
async function outgoing(stage: Stage, bot: StageBot, chat_id: number): Promise<readonly Message[]> {
  const messages = await stage.api.all<Message>(`${bot.path}/messages?direction=outgoing`);
  return messages.filter((message) => message.chat_id === chat_id).sort((a, b) => a.id - b.id);
}

async function personOf(stage: Stage, bot: StageBot, chat_id: number): Promise<BotUser> {
  const user = (await stage.api.all<BotUser>(`${bot.path}/users`)).find((candidate) => candidate.chat_id === chat_id);
  if (user === undefined) throw new Error('The person is not a user of the bot.');
  return user;
}
