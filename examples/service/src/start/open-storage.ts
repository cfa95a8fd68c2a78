import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { StorageFactory } from '@botloom/core';
import type { DatabaseSetting } from '../settings/settings.ts';

/** The storage that `DATABASE_URL` names; only its own driver is loaded. The folder of a SQLite file is made. */
export async function openStorage(database: DatabaseSetting): Promise<StorageFactory> {
  if (database.kind === 'postgres') {
    const { postgres } = await import('@botloom/core/postgres');
    return postgres({ url: database.url });
  }
  if (database.file !== ':memory:') mkdirSync(dirname(database.file), { recursive: true, mode: 0o700 });
  const { sqlite } = await import('@botloom/core/sqlite');
  return sqlite({ file: database.file });
}
