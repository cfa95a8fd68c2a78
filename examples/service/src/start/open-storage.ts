import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { StorageFactory } from '@botloom/core';
import type { DatabaseSetting } from '../settings/settings.ts';

/** Opens the storage of `DATABASE_URL` and loads only its driver. Creates the folder of a SQLite file. */
export async function openStorage(database: DatabaseSetting): Promise<StorageFactory> {
  if (database.kind === 'postgres') {
    const { postgres } = await import('@botloom/core/postgres');
    return postgres({ url: database.url });
  }
  if (database.file !== ':memory:') mkdirSync(dirname(database.file), { recursive: true, mode: 0o700 });
  const { sqlite } = await import('@botloom/core/sqlite');
  return sqlite({ file: database.file });
}
