import type { StorageFactory } from '@botloom/core';
import { postgres } from '@botloom/core/postgres';
import { sqlite } from '@botloom/core/sqlite';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DatabaseSetting } from '../settings/settings.ts';

/** The storage that `DATABASE_URL` names; the folder of a SQLite file is made. */
export function openStorage(database: DatabaseSetting): StorageFactory {
  if (database.kind === 'postgres') return postgres({ url: database.url });
  if (database.file !== ':memory:') mkdirSync(dirname(database.file), { recursive: true, mode: 0o700 });
  return sqlite({ file: database.file });
}
