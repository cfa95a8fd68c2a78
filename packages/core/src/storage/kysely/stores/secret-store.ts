import { BotloomError } from '../../../errors/index.ts';
import { SECRET_LIMITS } from '../../../model/index.ts';
import { decodeCursor } from '../../cursor.ts';
import type { SecretLocation } from '../../secret-box.ts';
import type { SecretStore } from '../../storage.ts';
import type { Database } from '../database.ts';
import { pageOf, pageSize } from '../page-of.ts';
import { isUuid, toNumber, toTimestamp } from '../rows/values.ts';
import { botNotFound, requireBot } from './require-bot.ts';

export function createSecretStore(database: Database): SecretStore {
  const { db, traits, keyring } = database;
  return {
    set: (scope, bot_id, name, value) =>
      db.transaction().execute(async (trx) => {
        if (!isUuid(bot_id)) throw botNotFound(bot_id);
        // Whoever adds secrets to a bot waits here, so that the limit holds.
        let bot = trx.selectFrom('botloom_bot').select('id').where('id', '=', bot_id).where('deleted_at', 'is', null);
        if (scope.owner !== null) bot = bot.where('owner', '=', scope.owner);
        if ((await bot.modifyEnd(traits.forUpdate).executeTakeFirst()) === undefined) throw botNotFound(bot_id);
        const rows = await trx
          .selectFrom('botloom_bot_secret')
          .select(['name', traits.milliseconds('created_at').as('created_at')])
          .where('bot_id', '=', bot_id)
          .execute();
        const known = rows.find((row) => row.name === name);
        if (known === undefined && rows.length >= SECRET_LIMITS.secrets)
          throw new BotloomError('VALIDATION_FAILED', `A bot has ${SECRET_LIMITS.secrets} secrets at most.`);
        const now = Date.now();
        const sealed = keyring.box.seal(botSecretLocation(bot_id, name), value);
        await trx
          .insertInto('botloom_bot_secret')
          .values({ bot_id, name, sealed, created_at: traits.bindTime(now), updated_at: traits.bindTime(now) })
          .onConflict((conflict) =>
            conflict.columns(['bot_id', 'name']).doUpdateSet({ sealed, updated_at: traits.bindTime(now) }),
          )
          .execute();
        return { name, created_at: toTimestamp(known?.created_at ?? now), updated_at: toTimestamp(now) };
      }),

    async remove(scope, bot_id, name) {
      await requireBot(database, scope, bot_id);
      const { numDeletedRows } = await db
        .deleteFrom('botloom_bot_secret')
        .where('bot_id', '=', bot_id)
        .where('name', '=', name)
        .executeTakeFirst();
      if (toNumber(numDeletedRows) === 0) throw new BotloomError('SECRET_NOT_FOUND');
    },

    async list(scope, bot_id, page) {
      await requireBot(database, scope, bot_id);
      const size = pageSize(page.limit);
      let query = db
        .selectFrom('botloom_bot_secret')
        .select([
          'name',
          traits.milliseconds('created_at').as('created_at'),
          traits.milliseconds('updated_at').as('updated_at'),
        ])
        .where('bot_id', '=', bot_id)
        .orderBy('name')
        .limit(size + 1);
      if (page.cursor !== undefined) query = query.where('name', '>', decodeCursor(page.cursor, ['string'])[0]);
      const toSecret = (row: { readonly name: string; readonly created_at: number; readonly updated_at: number }) => ({
        name: row.name,
        created_at: toTimestamp(row.created_at),
        updated_at: toTimestamp(row.updated_at),
      });
      return pageOf(await query.execute(), size, toSecret, ({ name }) => [name]);
    },

    async open(bot_id, names) {
      if (!isUuid(bot_id) || names.length === 0) return new Map();
      const rows = await db
        .selectFrom('botloom_bot_secret')
        .select(['name', 'sealed'])
        .where('bot_id', '=', bot_id)
        .where('name', 'in', names)
        .execute();
      return new Map(rows.map(({ name, sealed }) => [name, keyring.box.open(botSecretLocation(bot_id, name), sealed)]));
    },
  };
}

/** Bound to its bot and its name: a copy under another name cannot be opened. */
export function botSecretLocation(bot_id: string, name: string): SecretLocation {
  return { table: 'botloom_bot_secret', column: 'sealed', row_id: `${bot_id}:${name}` };
}
