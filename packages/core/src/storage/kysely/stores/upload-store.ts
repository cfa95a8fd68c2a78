import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { sql, type Kysely } from 'kysely';
import { BotloomError } from '../../../errors/index.ts';
import { HOUR_MS, UPLOAD_LIMITS, type Scope, type Upload } from '../../../model/index.ts';
import { decodeCursor } from '../../cursor.ts';
import type { FoundUpload, NewUpload, UploadStore } from '../../upload-store.ts';
import type { Database } from '../database.ts';
import { pageOf, pageSize } from '../page-of.ts';
import { isUuid, toBoolean, toNumber, toTimestamp } from '../rows/values.ts';
import type { Tables } from '../tables.ts';
import { botNotFound, isBotVisible, requireBot } from './require-bot.ts';

/** Bytes of a part: little enough to be written and read in a moment. */
const PART_BYTES = 1024 * 1024;
/** Milliseconds after which an upload whose parts are not complete was broken off by a crash. */
const ABANDONED_AFTER_MS = HOUR_MS;
/** Ids that one statement asks for. */
const MAX_IDS_PER_QUERY = 500;

export function createUploadStore(database: Database): UploadStore {
  const { db, traits } = database;

  return {
    async create(scope, upload, quota) {
      const reserved = await reserveUpload(database, scope, upload, quota);
      if (reserved.is_complete) return reserved.upload;
      const { bot_id, id } = reserved.upload;
      try {
        // A statement a part and no transaction around them: others write in between. Nobody sees the file before it is complete.
        for (let number = 0; number * PART_BYTES < upload.content.byteLength; number += 1) {
          await db
            .insertInto('botloom_upload_part')
            .values({
              bot_id,
              upload_id: id,
              number,
              content: toBuffer(upload.content.subarray(number * PART_BYTES, (number + 1) * PART_BYTES)),
            })
            .execute();
          // SQLite writes on this thread: what has come in meanwhile has its turn.
          await setImmediate();
        }
        await db
          .updateTable('botloom_upload')
          .set({ is_complete: true })
          .where('bot_id', '=', bot_id)
          .where('id', '=', id)
          .execute();
      } catch (error) {
        // Should this fail as well, the row counts for the quota until it is a leftover.
        await db
          .deleteFrom('botloom_upload')
          .where('bot_id', '=', bot_id)
          .where('id', '=', id)
          .execute()
          .catch(() => undefined);
        throw error;
      }
      return reserved.upload;
    },

    async get(scope, bot_id, id) {
      if (!isUuid(id) || !(await isBotVisible(database, scope, bot_id))) return null;
      const row = await selectComplete(db, database, bot_id).where('u.id', '=', id).executeTakeFirst();
      return row === undefined ? null : toUpload(row);
    },

    async list(scope, bot_id, page) {
      await requireBot(database, scope, bot_id);
      const size = pageSize(page.limit);
      let query = selectComplete(db, database, bot_id)
        .orderBy('u.created_at', 'desc')
        .orderBy('u.id', 'desc')
        .limit(size + 1);
      if (page.cursor !== undefined) {
        const [created_at, id] = decodeCursor(page.cursor, ['number', 'string']);
        if (!isUuid(id)) throw new BotloomError('CURSOR_INVALID');
        query = query.where(sql<boolean>`(u.created_at, u.id) < (${traits.bindTime(created_at)}, ${id})`);
      }
      return pageOf(await query.execute(), size, toUpload, (row) => [toNumber(row.created_at), row.id]);
    },

    async delete(scope, bot_id, id) {
      await requireBot(database, scope, bot_id);
      const gone = isUuid(id)
        ? await db
            .deleteFrom('botloom_upload')
            .where('bot_id', '=', bot_id)
            .where('id', '=', id)
            .where('is_complete', '=', true)
            .executeTakeFirst()
        : undefined;
      if (toNumber(gone?.numDeletedRows ?? 0) === 0)
        throw new BotloomError('UPLOAD_NOT_FOUND', `The bot has no upload ${id}.`);
    },

    async readPart(scope, bot_id, id, number) {
      if (!isUuid(id) || !(await isBotVisible(database, scope, bot_id))) return null;
      const row = await db
        .selectFrom('botloom_upload_part')
        .select(traits.bytes('content').as('content'))
        .where('bot_id', '=', bot_id)
        .where('upload_id', '=', id)
        .where('number', '=', number)
        .executeTakeFirst();
      return row === undefined
        ? null
        : typeof row.content === 'string'
          ? Buffer.from(row.content, 'base64')
          : row.content;
    },

    async find(bot_id, ids) {
      const known = [...new Set(ids)].filter(isUuid);
      const found = new Map<string, FoundUpload & { readonly file_ids: Map<string, string> }>();
      if (!isUuid(bot_id)) return found;
      for (let from = 0; from < known.length; from += MAX_IDS_PER_QUERY) {
        const idsOfQuery = known.slice(from, from + MAX_IDS_PER_QUERY);
        for (const row of await selectComplete(db, database, bot_id).where('u.id', 'in', idsOfQuery).execute())
          found.set(row.id, { ...toUpload(row), file_ids: new Map() });
        const files = await db
          .selectFrom('botloom_upload_file')
          .select(['upload_id', 'kind', 'file_id'])
          .where('bot_id', '=', bot_id)
          .where('upload_id', 'in', idsOfQuery)
          .execute();
        for (const { upload_id, kind, file_id } of files) found.get(upload_id)?.file_ids.set(kind, file_id);
      }
      return found;
    },

    async saveFileIds(bot_id, file_ids) {
      for (const { upload_id, kind, file_id } of file_ids) {
        // Selected from the upload: one that is gone has no row, and breaks no reference.
        await sql`insert into ${traits.table('botloom_upload_file')} (bot_id, upload_id, kind, file_id)
          select bot_id, id, ${kind}, ${file_id} from ${traits.table('botloom_upload')} where bot_id = ${bot_id} and id = ${upload_id}
          on conflict (bot_id, upload_id, kind) do update set file_id = excluded.file_id`.execute(db);
      }
    },

    async deleteFileIds(bot_id, file_ids) {
      for (const { upload_id, kind, file_id } of file_ids) {
        await db
          .deleteFrom('botloom_upload_file')
          .where('bot_id', '=', bot_id)
          .where('upload_id', '=', upload_id)
          .where('kind', '=', kind)
          .where('file_id', '=', file_id)
          .execute();
      }
    },
  };
}

/** Takes the room for a file, unless the bot has it already. */
function reserveUpload(
  database: Database,
  scope: Scope,
  { bot_id, name, content_type, sha256, content }: NewUpload,
  quota: number,
): Promise<{ readonly upload: Upload; readonly is_complete: boolean }> {
  const { db, traits } = database;
  return db.transaction().execute(async (trx) => {
    if (!isUuid(bot_id)) throw botNotFound(bot_id);
    // Whoever adds uploads to a bot waits here, so that the quota holds.
    let bot = trx.selectFrom('botloom_bot').select('id').where('id', '=', bot_id).where('deleted_at', 'is', null);
    if (scope.owner !== null) bot = bot.where('owner', '=', scope.owner);
    if ((await bot.modifyEnd(traits.forUpdate).executeTakeFirst()) === undefined) throw botNotFound(bot_id);
    const now = Date.now();
    await trx
      .deleteFrom('botloom_upload')
      .where('bot_id', '=', bot_id)
      .where('is_complete', '=', false)
      .where('created_at', '<', traits.bindTime(now - ABANDONED_AFTER_MS))
      .execute();
    const rows = await selectUpload(trx, database, bot_id).select('u.is_complete').execute();
    const same = rows.find(
      (row) =>
        row.sha256 === sha256 && row.name === name && row.content_type === content_type && toBoolean(row.is_complete),
    );
    if (same !== undefined) return { upload: toUpload(same), is_complete: true };
    const size = content.byteLength;
    const used = rows.reduce((sum, row) => sum + toNumber(row.size), 0);
    if (rows.length >= UPLOAD_LIMITS.uploads)
      throw new BotloomError(
        'UPLOAD_QUOTA_REACHED',
        `A bot has ${UPLOAD_LIMITS.uploads} uploads at most. Delete one first.`,
      );
    if (used + size > quota)
      throw new BotloomError(
        'UPLOAD_QUOTA_REACHED',
        `The uploads of the bot have ${used} bytes of ${quota}; there is no room for ${size} more. Delete one first.`,
      );
    const row = { id: randomUUID(), bot_id, name, content_type, size, sha256 };
    await trx
      .insertInto('botloom_upload')
      .values({ ...row, created_at: traits.bindTime(now) })
      .execute();
    return { upload: { ...row, created_at: toTimestamp(now) }, is_complete: false };
  });
}

function selectUpload(db: Kysely<Tables>, { traits }: Database, bot_id: string) {
  return db
    .selectFrom('botloom_upload as u')
    .select([
      'u.bot_id',
      'u.id',
      'u.name',
      'u.content_type',
      'u.size',
      'u.sha256',
      traits.milliseconds('u.created_at').as('created_at'),
    ])
    .where('u.bot_id', '=', bot_id);
}

function selectComplete(db: Kysely<Tables>, database: Database, bot_id: string) {
  return selectUpload(db, database, bot_id).where('u.is_complete', '=', true);
}

interface UploadRow {
  readonly bot_id: string;
  readonly id: string;
  readonly name: string;
  readonly content_type: string;
  readonly size: number | string;
  readonly sha256: string;
  readonly created_at: number;
}

function toUpload({ id, bot_id, name, content_type, size, sha256, created_at }: UploadRow): Upload {
  return { id, bot_id, name, content_type, size: toNumber(size), sha256, created_at: toTimestamp(created_at) };
}

/** The drivers bind buffers; the bytes are shared. */
function toBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
