import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, parse } from 'node:path';
import type { Settings } from '../settings/settings.ts';
import { StartError } from './start-error.ts';

/**
 * The master keys that were given; otherwise the one beside the SQLite file, made at the first start and readable by its owner only.
 * Throws a StartError when the database has outlived its key: a new one could not open what is in it.
 */
export function masterKeys({ secrets, database }: Pick<Settings, 'secrets' | 'database'>): readonly string[] {
  if (secrets.length > 0) return secrets;
  // Nothing outlives the process, so its key need not either. With PostgreSQL the settings demand a key.
  if (database.kind !== 'sqlite' || database.file === ':memory:') return [randomKey()];
  return [readOrCreateKey(database.file)];
}

/** `data/botloom.db` has its key in `data/botloom.secret`. */
export function keyFileOf(databaseFile: string): string {
  const { dir, name } = parse(databaseFile);
  return join(dir, `${name}.secret`);
}

function readOrCreateKey(databaseFile: string): string {
  const file = keyFileOf(databaseFile);
  if (!existsSync(file)) {
    if ((statSync(databaseFile, { throwIfNoEntry: false })?.size ?? 0) > 0) {
      throw new StartError(
        `${databaseFile} is there, but its master key ${file} is not.`,
        `Put the key file back, or give the key that was used in BOTLOOM_SECRET. Or move ${databaseFile} away to begin anew.`,
      );
    }
    createKeyFile(file);
  }
  const key = readFileSync(file, 'utf8').trim();
  if (key.length < 16)
    throw new StartError(
      `${file} holds no master key.`,
      'Put the right one back from a backup; without it the tokens in the database cannot be read.',
    );
  return key;
}

/** Written whole under another name and then linked, so that of two processes that start together one wins and none reads half a key. */
function createKeyFile(file: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${randomKey()}\n`, { mode: 0o600 });
  try {
    linkSync(draft, file);
  } catch (error) {
    if (!existsSync(file)) throw error;
  } finally {
    unlinkSync(draft);
  }
}

function randomKey(): string {
  return randomBytes(32).toString('base64');
}
