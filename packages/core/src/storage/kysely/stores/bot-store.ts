import { sql, type Kysely } from 'kysely';
import { BotloomError } from '../../../errors/index.ts';
import type { Bot, Scope } from '../../../model/index.ts';
import type { BotChange, BotStore } from '../../bot-store.ts';
import { decodeCursor } from '../../cursor.ts';
import type { Database } from '../database.ts';
import type { UniqueIndex } from '../dialect-traits.ts';
import { pageOf, pageSize } from '../page-of.ts';
import { toBot } from '../rows/bot-row.ts';
import { isUuid, toNumber } from '../rows/values.ts';
import type { Tables } from '../tables.ts';
import { createBotWebhookMethods, openSecrets, secretLocation } from './bot-webhook.ts';
import { botNotFound } from './require-bot.ts';

const TOKEN_INDEX: UniqueIndex = { name: 'botloom_bot_token', columns: ['botloom_bot.token_hash'] };

/** How long after the deletion the rows are removed: a batch that was under way may still have written some (its statements time out earlier). */
const PURGE_DELAY_MS = 60_000;

export function createBotStore(database: Database): BotStore {
  const { db, traits, keyring } = database;

  async function find(trx: Kysely<Tables>, scope: Scope, id: string): Promise<Bot | null> {
    if (!isUuid(id)) return null;
    const row = await selectBot(trx, database, scope).where('b.id', '=', id).executeTakeFirst();
    return row === undefined ? null : toBot(row);
  }

  async function getOrThrow(trx: Kysely<Tables>, scope: Scope, id: string): Promise<Bot> {
    const bot = await find(trx, scope, id);
    if (bot === null) throw botNotFound(id);
    return bot;
  }

  return {
    async create(bot) {
      const token_hash = await keyring.hashToken(db, bot.token);
      const now = traits.bindTime(Date.now());
      return db.transaction().execute(async (trx) => {
        await trx
          .insertInto('botloom_bot')
          .values({
            id: bot.id,
            name: bot.name,
            token: keyring.box.seal(secretLocation('token', bot.id), bot.token),
            token_hash,
            telegram_id: bot.telegram_id,
            username: bot.username,
            owner: bot.owner,
            webhook_secret: keyring.box.seal(secretLocation('webhook_secret', bot.id), bot.webhook_secret),
            settings: JSON.stringify(bot.settings),
            created_at: now,
            updated_at: now,
          })
          .execute()
          .catch((error: unknown) => rethrowViolation(database, error));
        await trx
          .insertInto('botloom_bot_counter')
          .values({ bot_id: bot.id, user_count: 0, request_count: 0 })
          .execute();
        return getOrThrow(trx, { owner: null }, bot.id);
      });
    },

    get: (scope, id) => find(db, scope, id),

    async list(scope, page) {
      const size = pageSize(page.limit);
      let query = selectBot(db, database, scope)
        .orderBy('b.created_at', 'desc')
        .orderBy('b.id', 'desc')
        .limit(size + 1);
      if (page.cursor !== undefined) {
        const [created_at, id] = decodeCursor(page.cursor, ['number', 'string']);
        query = query.where(sql<boolean>`(b.created_at, b.id) < (${traits.bindTime(created_at)}, ${requireUuid(id)})`);
      }
      return pageOf(await query.execute(), size, toBot, (row) => [row.created_at, row.id]);
    },

    async update(scope, id, change) {
      const changes = await toColumns(database, id, change);
      return db.transaction().execute(async (trx) => {
        await getOrThrow(trx, scope, id);
        await trx
          .updateTable('botloom_bot')
          .set({ ...changes, revision: sql<number>`revision + 1`, updated_at: traits.bindTime(Date.now()) })
          .where('id', '=', id)
          .where('deleted_at', 'is', null)
          .execute()
          .catch((error: unknown) => rethrowViolation(database, error));
        return getOrThrow(trx, scope, id);
      });
    },

    async delete(scope, id) {
      await db.transaction().execute(async (trx) => {
        await getOrThrow(trx, scope, id);
        const now = Date.now();
        await trx
          .updateTable('botloom_bot')
          // The secrets go at once; only the tombstone stays until the rows are gone.
          .set({
            deleted_at: traits.bindTime(now),
            is_active: false,
            token: '',
            webhook_secret: '',
            pending_webhook_secret: null,
            old_webhook_secret: null,
            revision: sql<number>`revision + 1`,
          })
          .where('id', '=', id)
          .execute();
        await trx
          .insertInto('botloom_job')
          .values({
            bot_id: null,
            kind: 'purge_bot',
            payload: JSON.stringify({ bot_id: id }),
            due_at: traits.bindTime(now + PURGE_DELAY_MS),
            key: `purge_bot:${id}`,
            is_background: true,
          })
          .onConflict((conflict) => conflict.doNothing())
          .execute();
      });
    },

    async load(id) {
      if (!isUuid(id)) return null;
      const row = await selectBot(db, database, { owner: null })
        .select(['b.revision', 'b.token', 'b.webhook_secret', 'b.pending_webhook_secret', 'b.old_webhook_secret'])
        .where('b.id', '=', id)
        .executeTakeFirst();
      return row === undefined
        ? null
        : { bot: toBot(row), secrets: openSecrets(keyring.box, row), revision: toNumber(row.revision) };
    },

    async activeIds(after, limit) {
      let query = db
        .selectFrom('botloom_bot')
        .select('id')
        .where('is_active', '=', true)
        .where('deleted_at', 'is', null)
        .orderBy('id')
        .limit(pageSize(limit));
      if (after !== null) query = query.where('id', '>', requireUuid(after));
      return (await query.execute()).map(({ id }) => id);
    },

    async syncedMenu(id) {
      if (!isUuid(id)) return null;
      const row = await db
        .selectFrom('botloom_bot')
        .select('told_menu')
        .where('id', '=', id)
        .where('deleted_at', 'is', null)
        .executeTakeFirst();
      return row?.told_menu ?? null;
    },

    async saveSyncedMenu(id, before, after) {
      if (!isUuid(id)) return false;
      const row = await db
        .updateTable('botloom_bot')
        .set({ told_menu: after })
        .where('id', '=', id)
        .where('deleted_at', 'is', null)
        .where('told_menu', before === null ? 'is' : '=', before)
        .returning('id')
        .executeTakeFirst();
      return row !== undefined;
    },

    ...createBotWebhookMethods(database, getOrThrow),
  };
}

/** What a bot's record consists of, of those that the scope sees. */
function selectBot(db: Kysely<Tables>, { traits }: Database, scope: Scope) {
  const query = db
    .selectFrom('botloom_bot as b')
    .innerJoin('botloom_bot_counter as c', 'c.bot_id', 'b.id')
    .select([
      'b.id',
      'b.name',
      'b.telegram_id',
      'b.username',
      'b.owner',
      'b.is_webhook_set',
      'b.webhook_url',
      'b.is_active',
      'b.settings',
      'c.user_count',
      'c.request_count',
    ])
    .select([
      traits.milliseconds('b.created_at').as('created_at'),
      traits.milliseconds('b.updated_at').as('updated_at'),
    ])
    .where('b.deleted_at', 'is', null);
  return scope.owner === null ? query : query.where('b.owner', '=', scope.owner);
}

async function toColumns({ db, keyring }: Database, id: string, { name, is_active, settings, token }: BotChange) {
  return {
    ...(name !== undefined && { name }),
    ...(is_active !== undefined && { is_active }),
    ...(settings !== undefined && { settings: JSON.stringify(settings) }),
    ...(token !== undefined && {
      token: keyring.box.seal(secretLocation('token', id), token.value),
      token_hash: await keyring.hashToken(db, token.value),
      telegram_id: token.telegram_id,
      username: token.username,
    }),
  };
}

function rethrowViolation({ traits }: Database, error: unknown): never {
  if (traits.isViolation(error, TOKEN_INDEX)) {
    // Without the cause: PostgreSQL's error repeats the row.
    throw new BotloomError(
      'BOT_TOKEN_TAKEN',
      'A bot with this token exists already. Delete it first, or change its token.',
    );
  }
  throw error;
}

/** A cursor holds what its list gave: anything else is not ours, and PostgreSQL would raise an error for it. */
function requireUuid(value: string): string {
  if (!isUuid(value))
    throw new BotloomError('CURSOR_INVALID', 'The cursor is not one that this list gave; start again without it.');
  return value;
}
