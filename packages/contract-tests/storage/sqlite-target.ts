import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { createSecretBox } from '@botloom/core';
import { sqlite } from '@botloom/core/sqlite';
import type { StorageTarget } from '@botloom/testing/storage-conformance';

/** Files in a temporary folder that is removed with each database. */
export const sqliteTarget: StorageTarget = {
  async createDatabase() {
    const folder = await mkdtemp(join(tmpdir(), 'botloom-sqlite-'));
    const file = join(folder, `${randomUUID()}.db`);
    return {
      open: (keys) => sqlite({ file, busyTimeout: 500 })({ secretBox: createSecretBox(keys) }),
      notifies: false,
      execute: async (sql) => {
        const database = new Database(file);
        try {
          const statement = database.prepare<unknown[], Record<string, unknown>>(sql);
          if (statement.reader) return statement.all();
          statement.run();
          return [];
        } finally {
          database.close();
        }
      },
      drop: () => rm(folder, { recursive: true, force: true }),
    };
  },
};
