import { createHmac, randomBytes } from 'node:crypto';
import type { Kysely } from 'kysely';
import { BotloomError } from '../../errors/index.ts';
import type { SecretBox, SecretLocation } from '../secret-box.ts';
import type { Tables } from './tables.ts';

const HASH_KEY = 'token_hash_key';
const HASH_KEY_LOCATION: SecretLocation = { table: 'botloom_secret', column: 'sealed', row_id: HASH_KEY };

/**
 * The secret box, and the key of token hashes. That key is random, made with the schema and kept sealed: hashes survive the
 * rotation of master keys, and opening it proves that the master key is the right one.
 */
export class Keyring {
  readonly box: SecretBox;
  #hashKey: string | null = null;

  constructor(box: SecretBox) {
    this.box = box;
  }

  /** Raises SECRET_UNREADABLE when the master keys are not those of this database. Gives whether the key exists. */
  async load(db: Kysely<Tables>): Promise<boolean> {
    if (this.#hashKey !== null) return true;
    const row = await db.selectFrom('botloom_secret').select('sealed').where('name', '=', HASH_KEY).executeTakeFirst();
    if (row === undefined) return false;
    this.#hashKey = this.box.open(HASH_KEY_LOCATION, row.sealed);
    return true;
  }

  /** Makes the key; called once, with the schema, under the migrations' lock. */
  async create(db: Kysely<Tables>): Promise<void> {
    const key = randomBytes(32).toString('base64url');
    await db
      .insertInto('botloom_secret')
      .values({ name: HASH_KEY, sealed: this.box.seal(HASH_KEY_LOCATION, key) })
      .execute();
    this.#hashKey = key;
  }

  /** Seals the key anew under the primary master key, so that an older one can go. */
  async reseal(db: Kysely<Tables>): Promise<void> {
    const row = await db.selectFrom('botloom_secret').select('sealed').where('name', '=', HASH_KEY).executeTakeFirst();
    if (row === undefined || this.box.isCurrent(row.sealed)) return;
    const sealed = this.box.seal(HASH_KEY_LOCATION, this.box.open(HASH_KEY_LOCATION, row.sealed));
    await db
      .updateTable('botloom_secret')
      .set({ sealed })
      .where('name', '=', HASH_KEY)
      .where('sealed', '=', row.sealed)
      .execute();
  }

  /** The same for the same token, and nothing without the key: what makes a token unique without being readable. */
  async hashToken(db: Kysely<Tables>, token: string): Promise<string> {
    await this.load(db);
    if (this.#hashKey === null)
      throw new BotloomError('STORAGE_UNAVAILABLE', 'The database is not migrated.', { retryAfter: 1 });
    return createHmac('sha256', this.#hashKey).update(token).digest('base64url');
  }
}
