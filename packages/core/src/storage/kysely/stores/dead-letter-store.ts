import type { Kysely } from 'kysely';
import { z } from 'zod';
import { jsonValue } from '../../../model/index.ts';
import { decodeCursor } from '../../cursor.ts';
import type { DeadLetter, DeadLetterStore } from '../../dead-letter-store.ts';
import type { Database } from '../database.ts';
import { pageOf, pageSize } from '../page-of.ts';
import { toJsonObject, toNumber, toNumberOrNull, toTimestamp } from '../rows/values.ts';
import type { Tables } from '../tables.ts';
import { isBotVisible, requireBot } from './require-bot.ts';

export function createDeadLetterStore(database: Database): DeadLetterStore {
  const { db, traits } = database;
  return {
    add: ({ bot_id, update_id, payload, reason }) =>
      db.transaction().execute(async (trx) => {
        const now = traits.bindTime(Date.now());
        const claimed = await trx
          .insertInto('botloom_seen_update')
          .values({ bot_id, update_id, seen_at: now })
          .onConflict((conflict) => conflict.doNothing())
          .returning('update_id')
          .executeTakeFirst();
        if (claimed === undefined) return false;
        // PostgreSQL rejects U+0000 in text. JSON escapes it, so the payload stays as it is; the reason needs an escape.
        await trx
          .insertInto('botloom_dead_letter')
          .values({
            bot_id,
            kind: 'update',
            update_id,
            payload: JSON.stringify(payload),
            reason: reason.replaceAll('\0', '\\u0000'),
            created_at: now,
          })
          .execute();
        return true;
      }),

    async list(scope, bot_id, page) {
      await requireBot(database, scope, bot_id);
      const size = pageSize(page.limit);
      let query = selectDeadLetter(db, database, bot_id)
        .orderBy('d.id', 'desc')
        .limit(size + 1);
      if (page.cursor !== undefined) query = query.where('d.id', '<', decodeCursor(page.cursor, ['number'])[0]);
      return pageOf(await query.execute(), size, toDeadLetter, (row) => [toNumber(row.id)]);
    },

    async beginReplay(scope, bot_id, id) {
      if (!Number.isSafeInteger(id)) return null;
      return db.transaction().execute(async (trx) => {
        if (!(await isBotVisible({ db: trx }, scope, bot_id))) return null;
        const row = await selectDeadLetter(trx, database, bot_id).where('d.id', '=', id).executeTakeFirst();
        if (row === undefined) return null;
        if (row.kind === 'job') {
          const taken = await trx
            .deleteFrom('botloom_dead_letter')
            .where('id', '=', id)
            .returning('id')
            .executeTakeFirst();
          if (taken === undefined) return null;
          await requeueJob(trx, database, row);
        } else if (row.update_id !== null) {
          const first = await trx
            .updateTable('botloom_dead_letter')
            .set({ is_replayed: true })
            .where('id', '=', id)
            .where('is_replayed', '=', false)
            .returning('id')
            .executeTakeFirst();
          // A second replay keeps the claim that the first one may have created.
          if (first !== undefined)
            await trx
              .deleteFrom('botloom_seen_update')
              .where('bot_id', '=', bot_id)
              .where('update_id', '=', toNumber(row.update_id))
              .execute();
        }
        return toDeadLetter(row);
      });
    },

    async endReplay(bot_id, id) {
      await db.deleteFrom('botloom_dead_letter').where('id', '=', id).where('bot_id', '=', bot_id).execute();
    },
  };
}

/** The payload that `moveToDeadLetters` of the job store writes. */
const deadJobSchema = z.object({
  kind: z.string(),
  key: z.string().nullable(),
  payload: z.record(z.string(), jsonValue),
});

async function requeueJob(
  trx: Kysely<Tables>,
  { traits }: Database,
  { bot_id, payload }: DeadLetterRow,
): Promise<void> {
  const job = deadJobSchema.parse(toJsonObject(payload));
  await trx
    .insertInto('botloom_job')
    .values({
      bot_id,
      kind: job.kind,
      key: job.key,
      payload: JSON.stringify(job.payload),
      due_at: traits.bindTime(Date.now()),
    })
    // A job with the same key is already waiting.
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

function selectDeadLetter(db: Kysely<Tables>, { traits }: Database, bot_id: string) {
  return db
    .selectFrom('botloom_dead_letter as d')
    .select([
      'd.id',
      'd.bot_id',
      'd.kind',
      'd.update_id',
      'd.payload',
      'd.reason',
      traits.milliseconds('d.created_at').as('created_at'),
    ])
    .where('d.bot_id', '=', bot_id);
}

interface DeadLetterRow {
  readonly id: number | string;
  readonly bot_id: string | null;
  readonly kind: string;
  readonly update_id: number | string | null;
  readonly payload: string;
  readonly reason: string;
  readonly created_at: number;
}

function toDeadLetter({ id, bot_id, kind, update_id, payload, reason, created_at }: DeadLetterRow): DeadLetter {
  return {
    id: toNumber(id),
    bot_id,
    kind,
    update_id: toNumberOrNull(update_id),
    payload: toJsonObject(payload),
    reason,
    created_at: toTimestamp(created_at),
  };
}
