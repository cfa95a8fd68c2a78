import { expect, test, type TestContext } from 'vitest';
import type { Storage } from '@botloom/core';
import { createBot, EVERYONE, expectCode } from './fixtures.ts';
import { MASTER_KEY, type ConformanceDatabase, type StorageTarget } from './storage-target.ts';

export function migrationCases(target: StorageTarget): void {
  /** A database without tables. */
  const withDatabase =
    (run: (database: ConformanceDatabase, open: () => Storage, context: TestContext) => Promise<void>) =>
    async (context: TestContext) => {
      const database = await target.createDatabase();
      const opened: Storage[] = [];
      try {
        await run(
          database,
          () => {
            const storage = database.open([MASTER_KEY]);
            opened.push(storage);
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
    'before the migration, nothing is ready, and the error of `check` explains what to do',
    withDatabase(async (_database, open) => {
      const storage = open();
      await expectCode(storage.ready(), 'STORAGE_UNAVAILABLE');
      await expect(storage.migrate('check')).rejects.toThrow(/migrate: 'auto'/);
      await expectCode(storage.bots.get(EVERYONE, '00000000-0000-4000-8000-000000000000'), 'STORAGE_UNAVAILABLE');
      await storage.migrate('auto');
      await storage.ready();
      await storage.migrate('check');
    }),
  );

  test(
    'migrating twice changes nothing',
    withDatabase(async (_database, open) => {
      const storage = open();
      await storage.migrate('auto');
      const bot = await createBot(storage);
      await storage.migrate('auto');
      expect(await storage.bots.get(EVERYONE, bot.id)).toEqual(bot);
    }),
  );

  test(
    'several processes can migrate concurrently',
    withDatabase(async (_database, open) => {
      const storages = [open(), open(), open()];
      // With SQLite in one process, waiting for a lock of another connection would block the whole process.
      if (storages[0]!.dialect === 'sqlite') for (const storage of storages) await storage.migrate('auto');
      else await Promise.all(storages.map((storage) => storage.migrate('auto')));
      const bot = await createBot(storages[0]!);
      for (const storage of storages) expect((await storage.bots.load(bot.id))?.bot).toEqual(bot);
    }),
  );

  test(
    'a database of a newer version is rejected and not changed',
    withDatabase(async (database, open, context) => {
      if (database.execute === undefined) return context.skip('the target cannot run SQL');
      const storage = open();
      await storage.migrate('auto');
      await database.execute(
        `insert into botloom_migration (id, name, applied_at)
         select 9999, 'from the future', applied_at from botloom_migration where id = 1`,
      );
      const late = open();
      await expectCode(late.migrate('auto'), 'STORAGE_NEWER');
      await expectCode(late.migrate('check'), 'STORAGE_NEWER');
      await expectCode(late.ready(), 'STORAGE_NEWER');
    }),
  );
}
