import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, parse } from 'node:path';
import type { Settings } from '../settings/settings.ts';
import { StartError } from './start-error.ts';

/**
 * Returns the master keys of the settings. Without them, returns the key in the file next to the SQLite database.
 * The key file is created at the first start, and only its owner can read it.
 *
 * @throws StartError - when the database exists but its key file does not: a new key could not decrypt its secrets
 */
export function masterKeys({ secrets, database }: Pick<Settings, 'secrets' | 'database'>): readonly string[] {
  if (secrets.length > 0) return secrets;
  // The data does not outlive the process, so a temporary key is enough. With PostgreSQL the settings require a key.
  if (database.kind !== 'sqlite' || database.file === ':memory:') return [randomKey()];
  return [readOrCreateKey(database.file)];
}

/** Returns the path of the key file: `data/botloom.secret` for `data/botloom.db`. */
export function keyFileOf(databaseFile: string): string {
  const { dir, name } = parse(databaseFile);
  return join(dir, `${name}.secret`);
}

function readOrCreateKey(databaseFile: string): string {
  const file = keyFileOf(databaseFile);
  if (!existsSync(file)) {
    if ((statSync(databaseFile, { throwIfNoEntry: false })?.size ?? 0) > 0) {
      throw new StartError(
        `the database ${databaseFile} exists, but its master key file ${file} is missing.`,
        'Restore the key file, or set BOTLOOM_SECRET to its key. ' +
          `To start with an empty database, move ${databaseFile} away.`,
      );
    }
    createKeyFile(file);
  }
  const key = readFileSync(file, 'utf8').trim();
  if (key.length < 16) {
    throw new StartError(
      `${file} does not contain a valid master key.`,
      'Restore the file from a backup. Without the key the tokens in the database cannot be decrypted.',
    );
  }
  return key;
}

/**
 * Writes the complete key under another name and then links it. If two processes start at the same time, one of them
 * creates the file, and neither reads a partial key.
 */
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
