import { expect, test, type TestContext } from 'vitest';
import type { Storage } from '@botloom/core';
import { createBot, EVERYONE, expectCode, newBot } from './fixtures.ts';
import type { ConformanceDatabase, StorageTarget } from './storage-target.ts';

const OLD_KEY = 'the old master key, long enough';
const NEW_KEY = 'the new master key, long enough';

export function secretCases(target: StorageTarget): void {
  const withDatabase =
    (
      run: (
        database: ConformanceDatabase,
        open: (...keys: string[]) => Promise<Storage>,
        context: TestContext,
      ) => Promise<void>,
    ) =>
    async (context: TestContext) => {
      const database = await target.createDatabase();
      const opened: Storage[] = [];
      try {
        await run(
          database,
          async (...keys) => {
            const storage = database.open(keys);
            opened.push(storage);
            await storage.migrate('auto');
            return storage;
          },
          context,
        );
      } finally {
        for (const storage of opened) await storage.close();
        await database.drop();
      }
    };

  test(
    'the database contains neither tokens nor webhook secrets as plain text',
    withDatabase(async (database, open, context) => {
      if (database.execute === undefined) return context.skip('the target cannot run SQL');
      const storage = await open(OLD_KEY);
      const given = newBot({ token: '123:CANARY-token', webhook_secret: 'CANARY-secret' });
      await storage.bots.create(given);
      await storage.bots.stageWebhookSecret(EVERYONE, given.id, 'CANARY-pending');
      for (const table of ['bot', 'job', 'secret'])
        expect(JSON.stringify(await database.execute(`select * from botloom_${table}`))).not.toContain('CANARY');
    }),
  );

  test(
    'a ciphertext in another row, or with one flipped bit, cannot be decrypted',
    withDatabase(async (database, open, context) => {
      if (database.execute === undefined) return context.skip('the target cannot run SQL');
      const storage = await open(OLD_KEY);
      const [first, second] = [await createBot(storage), await createBot(storage)];
      await database.execute(
        `update botloom_bot set token = (select token from botloom_bot where id = '${first.id}')
         where id = '${second.id}'`,
      );
      await expectCode(storage.bots.load(second.id), 'SECRET_UNREADABLE');
      const [row] = await database.execute(`select token from botloom_bot where id = '${first.id}'`);
      const token = String(row?.token);
      const flipped = `${token.slice(0, -2)}${token.at(-2) === 'A' ? 'B' : 'A'}${token.slice(-1)}`;
      await database.execute(`update botloom_bot set token = '${flipped}' where id = '${first.id}'`);
      await expectCode(storage.bots.load(first.id), 'SECRET_UNREADABLE');
    }),
  );

  test(
    'a secret of a bot is encrypted, bound to its bot and name, and cannot be opened for another bot',
    withDatabase(async (database, open, context) => {
      if (database.execute === undefined) return context.skip('the target cannot run SQL');
      const storage = await open(OLD_KEY);
      const [first, second] = [await createBot(storage), await createBot(storage)];
      await storage.secrets.set(EVERYONE, first.id, 'KEY', 'CANARY');
      await storage.secrets.set(EVERYONE, first.id, 'OTHER', 'CANARY 2');
      await storage.secrets.set(EVERYONE, second.id, 'KEY', 'CANARY 3');
      expect(JSON.stringify(await database.execute('select * from botloom_bot_secret'))).not.toContain('CANARY');
      const swap = (from: string, to: string, name: string) =>
        database.execute!(
          `update botloom_bot_secret
           set sealed = (select sealed from botloom_bot_secret where bot_id = '${from}' and name = 'KEY')
           where bot_id = '${to}' and name = '${name}'`,
        );
      await swap(first.id, second.id, 'KEY');
      await expectCode(storage.secrets.open(second.id, ['KEY']), 'SECRET_UNREADABLE');
      await swap(first.id, first.id, 'OTHER');
      await expectCode(storage.secrets.open(first.id, ['OTHER']), 'SECRET_UNREADABLE');
      expect(await storage.secrets.open(first.id, ['KEY'])).toEqual(new Map([['KEY', 'CANARY']]));
    }),
  );

  test(
    'a wrong master key is detected before anything is changed',
    withDatabase(async (database, open) => {
      const storage = await open(OLD_KEY);
      const bot = await createBot(storage);
      const stranger = database.open([NEW_KEY]);
      await expectCode(stranger.migrate('check'), 'SECRET_UNREADABLE');
      await expectCode(stranger.migrate('auto'), 'SECRET_UNREADABLE');
      await expectCode(stranger.bots.create(newBot()), 'SECRET_UNREADABLE');
      await stranger.close();
      expect((await storage.bots.load(bot.id))?.bot).toEqual(bot);
    }),
  );

  test(
    'during a rotation both orders of keys work, then the old key can be removed, and tokens stay unique',
    withDatabase(async (_database, open) => {
      const first = await open(OLD_KEY);
      const before = newBot();
      await first.bots.create(before);
      await first.secrets.set(EVERYONE, before.id, 'KEY', 'value');
      const prepared = await open(OLD_KEY, NEW_KEY);
      const rotated = await open(NEW_KEY, OLD_KEY);
      const during = newBot();
      await rotated.bots.create(during);
      for (const storage of [prepared, rotated]) {
        expect((await storage.bots.load(before.id))?.secrets.token).toBe(before.token);
        expect((await storage.bots.load(during.id))?.secrets.token).toBe(during.token);
        await expectCode(storage.bots.create(newBot({ token: before.token })), 'BOT_TOKEN_TAKEN');
      }
      await prepared.bots.create(newBot());
      await open(NEW_KEY, OLD_KEY);
      const last = await open(NEW_KEY);
      expect((await last.secrets.open(before.id, ['KEY'])).get('KEY')).toBe('value');
      expect((await last.bots.load(before.id))?.secrets).toMatchObject({
        token: before.token,
        webhook_secret: before.webhook_secret,
      });
      await expectCode(last.bots.create(newBot({ token: during.token })), 'BOT_TOKEN_TAKEN');
    }),
  );
}
