import { randomUUID } from 'node:crypto';
import { sql, type Kysely } from 'kysely';
import { BotloomError } from '../../../errors/index.ts';
import type { Flow, Scope } from '../../../model/index.ts';
import { decodeCursor, INVALID_CURSOR_MESSAGE } from '../../cursor.ts';
import type { FlowStore } from '../../flow-store.ts';
import type { Database } from '../database.ts';
import type { UniqueIndex } from '../dialect-traits.ts';
import { pageOf, pageSize } from '../page-of.ts';
import { toFlow, toPublishedFlow } from '../rows/flow-row.ts';
import { isUuid, toNumber } from '../rows/values.ts';
import type { Tables } from '../tables.ts';
import { botNotFound, requireBot } from './require-bot.ts';

const COMMAND_INDEX: UniqueIndex = {
  name: 'botloom_flow_command',
  columns: ['botloom_flow.bot_id', 'botloom_flow.trigger_command'],
};
const DEFAULT_INDEX: UniqueIndex = { name: 'botloom_flow_default', columns: ['botloom_flow.bot_id'] };

export function createFlowStore(database: Database): FlowStore {
  return {
    create: (scope, flow) => createFlow(database, scope, flow),
    get: (scope, bot_id, id) => getFlow(database, scope, bot_id, id),
    list: (scope, bot_id, page) => listFlows(database, scope, bot_id, page),
    update: (scope, bot_id, id, change) => updateFlow(database, scope, bot_id, id, change),
    delete: (scope, bot_id, id) => deleteFlow(database, scope, bot_id, id),
    published: (bot_id) => loadPublished(database, bot_id),
    versions: (bot_id, version_ids) => loadVersions(database, bot_id, version_ids),
  };
}

function createFlow(database: Database, scope: Scope, flow: Parameters<FlowStore['create']>[1]): Promise<Flow> {
  return database.db.transaction().execute(async (trx) => {
    await bumpRevision(trx, scope, flow.bot_id);
    const id = randomUUID();
    const now = database.traits.bindTime(Date.now());
    const { bot_id, name, trigger_command, is_default, is_active } = flow;
    await trx
      .insertInto('botloom_flow')
      .values({
        id,
        bot_id,
        name,
        trigger_command,
        is_default,
        is_active,
        version: 1,
        created_at: now,
        updated_at: now,
      })
      .execute()
      .catch((error: unknown) => rethrowViolation(database, error, trigger_command));
    await trx
      .insertInto('botloom_flow_version')
      .values({ flow_id: id, bot_id, version: 1, flow_data: JSON.stringify(flow.flow_data), created_at: now })
      .execute();
    return getOrThrow(trx, database, bot_id, id);
  });
}

async function getFlow(database: Database, scope: Scope, bot_id: string, id: string): Promise<Flow | null> {
  if (!isUuid(bot_id) || !isUuid(id)) return null;
  let query = selectFlow(database.db, database, bot_id)
    .where('f.id', '=', id)
    .innerJoin('botloom_bot as b', 'b.id', 'f.bot_id')
    .where('b.deleted_at', 'is', null);
  if (scope.owner !== null) query = query.where('b.owner', '=', scope.owner);
  const row = await query.executeTakeFirst();
  return row === undefined ? null : toFlow(row);
}

async function listFlows(
  database: Database,
  scope: Scope,
  bot_id: string,
  page: Parameters<FlowStore['list']>[2],
): ReturnType<FlowStore['list']> {
  await requireBot(database, scope, bot_id);
  const size = pageSize(page.limit);
  let query = selectFlow(database.db, database, bot_id)
    .orderBy('f.created_at')
    .orderBy('f.id')
    .limit(size + 1);
  if (page.cursor !== undefined) {
    const [created_at, id] = decodeCursor(page.cursor, ['number', 'string']);
    if (!isUuid(id)) throw new BotloomError('CURSOR_INVALID', INVALID_CURSOR_MESSAGE);
    query = query.where(sql<boolean>`(f.created_at, f.id) > (${database.traits.bindTime(created_at)}, ${id})`);
  }
  return pageOf(await query.execute(), size, toFlow, (row) => [row.created_at, row.id]);
}

function updateFlow(
  database: Database,
  scope: Scope,
  bot_id: string,
  id: string,
  change: Parameters<FlowStore['update']>[3],
): Promise<Flow> {
  return database.db.transaction().execute(async (trx) => {
    await bumpRevisionForFlow(trx, scope, bot_id, id);
    const flow = await getOrThrow(trx, database, bot_id, id);
    const { flow_data, ...columns } = change;
    const version = flow_data === undefined ? flow.version : flow.version + 1;
    const now = database.traits.bindTime(Date.now());
    await trx
      .updateTable('botloom_flow')
      .set({ ...columns, version, updated_at: now })
      .where('id', '=', id)
      .execute()
      .catch((error: unknown) => rethrowViolation(database, error, change.trigger_command ?? null));
    if (flow_data !== undefined) {
      await trx
        .insertInto('botloom_flow_version')
        .values({ flow_id: id, bot_id, version, flow_data: JSON.stringify(flow_data), created_at: now })
        .execute();
    }
    return getOrThrow(trx, database, bot_id, id);
  });
}

function deleteFlow(database: Database, scope: Scope, bot_id: string, id: string): Promise<void> {
  return database.db.transaction().execute(async (trx) => {
    await bumpRevisionForFlow(trx, scope, bot_id, id);
    await getOrThrow(trx, database, bot_id, id);
    await trx.deleteFrom('botloom_flow').where('id', '=', id).execute();
  });
}

async function loadPublished({ db }: Database, bot_id: string): ReturnType<FlowStore['published']> {
  if (!isUuid(bot_id)) throw botNotFound(bot_id);
  const rows = await db
    .selectFrom('botloom_bot as b')
    .leftJoin('botloom_flow as f', (join) => join.onRef('f.bot_id', '=', 'b.id').on('f.is_active', '=', true))
    .leftJoin('botloom_flow_version as v', (join) =>
      join.onRef('v.flow_id', '=', 'f.id').onRef('v.version', '=', 'f.version'),
    )
    .select([
      'b.revision',
      'f.id as flow_id',
      'v.id as version_id',
      'f.name',
      'v.flow_data',
      'f.trigger_command',
      'f.is_default',
    ])
    .where('b.id', '=', bot_id)
    .where('b.deleted_at', 'is', null)
    .orderBy('f.created_at')
    .orderBy('f.id')
    .execute();
  const revision = rows[0]?.revision;
  if (revision === undefined) throw botNotFound(bot_id);
  return { revision: toNumber(revision), flows: rows.flatMap(toPublishedFlow) };
}

async function loadVersions(
  { db }: Database,
  bot_id: string,
  version_ids: Parameters<FlowStore['versions']>[1],
): ReturnType<FlowStore['versions']> {
  const ids = version_ids.filter(Number.isSafeInteger);
  if (ids.length === 0 || !isUuid(bot_id)) return [];
  const rows = await db
    .selectFrom('botloom_flow_version as v')
    .innerJoin('botloom_flow as f', 'f.id', 'v.flow_id')
    .select(['f.id as flow_id', 'v.id as version_id', 'f.name', 'v.flow_data', 'f.trigger_command', 'f.is_default'])
    .where('v.id', 'in', ids)
    .where('v.bot_id', '=', bot_id)
    .orderBy('v.id')
    .execute();
  return rows.flatMap(toPublishedFlow);
}

async function find(trx: Kysely<Tables>, database: Database, bot_id: string, id: string): Promise<Flow | null> {
  if (!isUuid(id)) return null;
  const row = await selectFlow(trx, database, bot_id).where('f.id', '=', id).executeTakeFirst();
  return row === undefined ? null : toFlow(row);
}

async function getOrThrow(trx: Kysely<Tables>, database: Database, bot_id: string, id: string): Promise<Flow> {
  const flow = await find(trx, database, bot_id, id);
  if (flow === null) throw new BotloomError('FLOW_NOT_FOUND', `The bot has no flow ${id}.`);
  return flow;
}

/** Increments the bot's revision. This locks the bot's row, so its flows change one after the other. */
async function bumpRevision(trx: Kysely<Tables>, scope: Scope, bot_id: string): Promise<void> {
  await requireBot({ db: trx }, scope, bot_id);
  const changed = await trx
    .updateTable('botloom_bot')
    .set({ revision: sql<number>`revision + 1` })
    .where('id', '=', bot_id)
    .where('deleted_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  if (changed === undefined) throw botNotFound(bot_id);
}

/** Increments the bot's revision. A bot that does not exist has no flows, so the error is FLOW_NOT_FOUND. */
async function bumpRevisionForFlow(trx: Kysely<Tables>, scope: Scope, bot_id: string, id: string): Promise<void> {
  await bumpRevision(trx, scope, bot_id).catch((error: unknown) => {
    throw hasErrorCode(error, 'BOT_NOT_FOUND')
      ? new BotloomError('FLOW_NOT_FOUND', `The bot has no flow ${id}.`)
      : error;
  });
}

/** Selects flows with the data of their current version. */
function selectFlow(db: Kysely<Tables>, { traits }: Database, bot_id: string) {
  return db
    .selectFrom('botloom_flow as f')
    .innerJoin('botloom_flow_version as v', (join) =>
      join.onRef('v.flow_id', '=', 'f.id').onRef('v.version', '=', 'f.version'),
    )
    .select([
      'f.id',
      'f.bot_id',
      'f.name',
      'v.flow_data',
      'f.trigger_command',
      'f.is_default',
      'f.is_active',
      'f.version',
    ])
    .select([
      traits.milliseconds('f.created_at').as('created_at'),
      traits.milliseconds('f.updated_at').as('updated_at'),
    ])
    .where('f.bot_id', '=', bot_id);
}

function rethrowViolation({ traits }: Database, error: unknown, command: string | null): never {
  if (traits.isViolation(error, COMMAND_INDEX)) {
    throw new BotloomError(
      'FLOW_COMMAND_TAKEN',
      `The command /${command ?? ''} already triggers another flow of the bot. Change that flow first.`,
    );
  }
  if (traits.isViolation(error, DEFAULT_INDEX)) {
    throw new BotloomError(
      'FLOW_DEFAULT_TAKEN',
      'Another flow is already the default flow of the bot. Set its is_default to false first.',
    );
  }
  throw error;
}

function hasErrorCode(error: unknown, code: string): boolean {
  return error instanceof BotloomError && error.code === code;
}
