import type { ApiKey, Permission } from '../../../model/index.ts';
import type { ApiKeyStore } from '../../storage.ts';
import type { Database } from '../database.ts';
import { isUuid, toNumber, toTimestamp, toTimestampOrNull } from '../rows/values.ts';

export function createApiKeyStore({ db, traits }: Database): ApiKeyStore {
  async function find(column: 'id' | 'hash', value: string): Promise<ApiKey | null> {
    const row = await db
      .selectFrom('botloom_api_key as k')
      .select(['k.id', 'k.name', 'k.permissions', 'k.owner', traits.milliseconds('k.created_at').as('created_at'), traits.milliseconds('k.expires_at').as('expires_at')])
      .where(`k.${column}`, '=', value)
      .executeTakeFirst();
    if (row === undefined) return null;
    const expires_at = toTimestampOrNull(row.expires_at);
    // We wrote it, from a list of permissions.
    return { id: row.id, name: row.name, permissions: JSON.parse(row.permissions) as Permission[], owner: row.owner, created_at: toTimestamp(row.created_at), expires_at };
  }

  return {
    async create({ id, name, hash, permissions, owner, expires_at }) {
      const now = Date.now();
      await db.deleteFrom('botloom_api_key').where('hash', '=', hash).where('expires_at', '<=', traits.time(now)).execute();
      const made = await db
        .insertInto('botloom_api_key')
        .values({
          id,
          name,
          hash,
          permissions: JSON.stringify(permissions),
          owner,
          created_at: traits.time(now),
          expires_at: expires_at === null ? null : traits.time(Date.parse(expires_at)),
        })
        .onConflict((conflict) => conflict.column('hash').doNothing())
        .returning('id')
        .executeTakeFirst();
      const known = made === undefined ? await find('hash', hash) : null;
      if (known !== null) return known;
      return { id, name, permissions: [...permissions], owner, created_at: toTimestamp(now), expires_at };
    },

    async findByHash(hash) {
      const key = await find('hash', hash);
      return key !== null && key.expires_at !== null && Date.parse(key.expires_at) <= Date.now() ? null : key;
    },

    async revoke(id) {
      if (isUuid(id)) await db.deleteFrom('botloom_api_key').where('id', '=', id).execute();
    },

    async count() {
      const { count } = await db.selectFrom('botloom_api_key').select(({ fn }) => fn.countAll<number>().as('count')).executeTakeFirstOrThrow();
      return toNumber(count);
    },
  };
}
