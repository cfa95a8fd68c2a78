import { describe, expect, test } from 'vitest';
import type { Bot, BotUser, Message } from '@botloom/core';
import { createHarnessDatabase } from '../src/journeys/stage/databases.ts';
import { startTestHarness } from '../src/journeys/stage/test-harness.ts';

describe.each([{ database: 'SQLite' }, { database: 'PostgreSQL' }] as const)(
  'a revoked token, on $database',
  ({ database }) => {
    test('stops only the sends of its bot; they continue in order when the token is changed', async () => {
      const store = await createHarnessDatabase(database);
      const harness = await startTestHarness({ adapter: 'express', storage: store.storage() });
      const flows = [{ is_default: true, flow_data: { response: 'echo {{ message.text }}' } }];
      const [bot, other] = [await harness.createBot({ flows }), await harness.createBot({ flows })];
      const ann = harness.telegram.user('Ann').in(bot.fake);
      await ann.send('before');
      await ann.expectReply('echo before');
      // The sent status is recorded a moment later.
      await harness.botloom.idle();

      const old = bot.fake.token;
      const unauthorized = new Promise<string>((resolve) =>
        harness.botloom.on('bot.unauthorized', ({ bot_id }) => resolve(bot_id)),
      );
      const token = bot.fake.revokeToken();
      const [user] = await harness.api.all<BotUser>(`${bot.path}/users`);
      for (const text of ['one', 'two'])
        await harness.api.call('POST', `${bot.path}/messages`, { user_id: user?.id, text });
      expect(await unauthorized).toBe(bot.id);
      await harness.telegram.user('Bob').in(other.fake).send('hello');
      await harness.telegram.user('Bob').in(other.fake).expectReply('echo hello');
      const waiting = await harness.api.all<Message>(`${bot.path}/messages?direction=outgoing`);
      expect(waiting.map(({ status }) => status)).toEqual(['queued', 'queued', 'sent']);

      expect(await harness.api.send('PATCH', bot.path, { body: { token: other.fake.token } })).toMatchObject({
        status: 422,
        body: { code: 'BOT_TOKEN_INVALID' },
      });
      expect(await harness.api.call<Bot>('PATCH', bot.path, { token })).toMatchObject({
        id: bot.id,
        is_webhook_set: true,
      });
      await ann.expectReply('one');
      await ann.expectReply('two');
      await ann.send('after');
      await ann.expectReply('echo after');

      const said = JSON.stringify([
        harness.log.lines,
        await harness.api.call('GET', bot.path),
        await harness.api.all(`${bot.path}/messages`),
      ]);
      for (const secret of [old, token, bot.fake.webhook?.secret_token ?? '?']) expect(said).not.toContain(secret);
      await harness.stop();
      await store.drop();
    });
  },
);
