import { sql } from 'kysely';
import { BotloomError } from '../../../errors/index.ts';
import type { ApiKey, Permission } from '../../../model/index.ts';
import { decodeCursor } from '../../cursor.ts';
import type { ApiKeyStore } from '../../storage.ts';
import type { Database } from '../database.ts';
import { pageOf, pageSize } from '../page-of.ts';
import { isUuid, toNumber, toTimestamp, toTimestampOrNull } from '../rows/values.ts';

export function createApiKeyStore({ db, traits }: Database): ApiKeyStore {
  const select = () =>
    db
      .selectFrom('botloom_api_key as k')
      .select([
        'k.id',
        'k.name',
        'k.permissions',
        'k.owner',
        traits.milliseconds('k.created_at').as('created_at'),
        traits.milliseconds('k.expires_at').as('expires_at'),
      ]);

  async function find(hash: string): Promise<ApiKey | null> {
    const row = await select().where('k.hash', '=', hash).executeTakeFirst();
    return row === undefined ? null : toApiKey(row);
  }

  return {
    async create({ id, name, hash, permissions, owner, expires_at }) {
      const now = Date.now();
      await db
        .deleteFrom('botloom_api_key')
        .where('hash', '=', hash)
        .where('expires_at', '<=', traits.bindTime(now))
        .execute();
      const created = await db
        .insertInto('botloom_api_key')
        .values({
          id,
          name,
          hash,
          permissions: JSON.stringify(permissions),
          owner,
          created_at: traits.bindTime(now),
          expires_at: expires_at === null ? null : traits.bindTime(Date.parse(expires_at)),
        })
        .onConflict((conflict) => conflict.column('hash').doNothing())
        .returning('id')
        .executeTakeFirst();
      const known = created === undefined ? await find(hash) : null;
      if (known !== null) return known;
      return { id, name, permissions: [...permissions], owner, created_at: toTimestamp(now), expires_at };
    },

    async findByHash(hash) {
      const key = await find(hash);
      return key !== null && key.expires_at !== null && Date.parse(key.expires_at) <= Date.now() ? null : key;
    },

    async list(scope, page) {
      const size = pageSize(page.limit);
      let query = select()
        .orderBy('k.created_at', 'desc')
        .orderBy('k.id', 'desc')
        .limit(size + 1);
      if (scope.owner !== null) query = query.where('k.owner', '=', scope.owner);
      if (page.cursor !== undefined) {
        const [created_at, id] = decodeCursor(page.cursor, ['number', 'string']);
        if (!isUuid(id)) throw new BotloomError('CURSOR_INVALID');
        query = query.where(sql<boolean>`(k.created_at, k.id) < (${traits.bindTime(created_at)}, ${id})`);
      }
      return pageOf(await query.execute(), size, toApiKey, (row) => [toNumber(row.created_at), row.id]);
    },

    async revoke(scope, id) {
      if (!isUuid(id)) return false;
      let query = db.deleteFrom('botloom_api_key').where('id', '=', id);
      if (scope.owner !== null) query = query.where('owner', '=', scope.owner);
      return (await query.executeTakeFirst()).numDeletedRows === 1n;
    },

    async count() {
      const { count } = await db
        .selectFrom('botloom_api_key')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow();
      return toNumber(count);
    },
  };
}

interface ApiKeyRow {
  readonly id: string;
  readonly name: string;
  readonly permissions: string;
  readonly owner: string | null;
  readonly created_at: number;
  readonly expires_at: number | null;
}

function toApiKey({ id, name, permissions, owner, created_at, expires_at }: ApiKeyRow): ApiKey {
  // We wrote the permissions, from a list of such.
  return {
    id,
    name,
    permissions: JSON.parse(permissions) as Permission[],
    owner,
    created_at: toTimestamp(created_at),
    expires_at: toTimestampOrNull(expires_at),
  };
}
