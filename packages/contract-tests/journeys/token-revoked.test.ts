import { describe, expect, test } from 'vitest';
import type { Bot, BotUser, Message } from '@botloom/core';
import { createStageDatabase } from '../src/journeys/stage/databases.ts';
import { startStage } from '../src/journeys/stage/stage.ts';

describe.each([{ database: 'SQLite' }, { database: 'PostgreSQL' }] as const)(
  'a revoked token, on $database',
  ({ database }) => {
    test('stops the sends of its bot alone; they go on in order when the token is changed', async () => {
      const store = await createStageDatabase(database);
      const stage = await startStage({ adapter: 'express', storage: store.storage() });
      const flows = [{ is_default: true, flow_data: { response: 'echo {{ message.text }}' } }];
      const [bot, other] = [await stage.createBot({ flows }), await stage.createBot({ flows })];
      const ann = stage.telegram.user('Ann').in(bot.fake);
      await ann.send('before');
      await ann.expectReply('echo before');
      // That it was sent is recorded a moment later.
      await stage.botloom.idle();

      const old = bot.fake.token;
      const unauthorized = new Promise<string>((resolve) =>
        stage.botloom.on('bot.unauthorized', ({ bot_id }) => resolve(bot_id)),
      );
      const token = bot.fake.revokeToken();
      const [user] = await stage.api.all<BotUser>(`${bot.path}/users`);
      for (const text of ['one', 'two'])
        await stage.api.call('POST', `${bot.path}/messages`, { user_id: user?.id, text });
      expect(await unauthorized).toBe(bot.id);
      await stage.telegram.user('Bob').in(other.fake).send('hello');
      await stage.telegram.user('Bob').in(other.fake).expectReply('echo hello');
      const waiting = await stage.api.all<Message>(`${bot.path}/messages?direction=outgoing`);
      expect(waiting.map(({ status }) => status)).toEqual(['queued', 'queued', 'sent']);

      expect(await stage.api.send('PATCH', bot.path, { body: { token: other.fake.token } })).toMatchObject({
        status: 422,
        body: { code: 'BOT_TOKEN_INVALID' },
      });
      expect(await stage.api.call<Bot>('PATCH', bot.path, { token })).toMatchObject({
        id: bot.id,
        is_webhook_set: true,
      });
      await ann.expectReply('one');
      await ann.expectReply('two');
      await ann.send('after');
      await ann.expectReply('echo after');

      const said = JSON.stringify([
        stage.log.lines,
        await stage.api.call('GET', bot.path),
        await stage.api.all(`${bot.path}/messages`),
      ]);
      for (const secret of [old, token, bot.fake.webhook?.secret_token ?? '?']) expect(said).not.toContain(secret);
      await stage.stop();
      await store.drop();
    });
  },
);
