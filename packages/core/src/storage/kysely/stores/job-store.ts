import { sql, type Kysely } from 'kysely';
import { BotloomError } from '../../../errors/index.ts';
import type { Job, JobOutcome, JobStore, NewJob, ProfileChange } from '../../job-store.ts';
import type { Database } from '../database.ts';
import { isUuid, toBoolean, toJsonObject, toNumber } from '../rows/values.ts';
import type { Tables } from '../tables.ts';

/** Waiting jobs, and those of instances whose lease has ended. */
function isNotHeld({ traits }: Database) {
  return sql<boolean>`(j.owner is null or not exists (select 1 from ${traits.table('botloom_instance')} i where i.id = j.owner and i.lease_until > ${traits.databaseTime()}))`;
}

export function createJobStore(database: Database): JobStore {
  const { db, traits } = database;
  return {
    add: (jobs) => add(db, database, jobs),

    async createOwned(owner, job) {
      for (let attempt = 0; attempt < MAX_CREATE_ATTEMPTS; attempt += 1) {
        const created = await db
          .insertInto('botloom_job')
          .values({ ...toJobValues(database)(job), owner })
          .onConflict((conflict) => conflict.doNothing())
          .returning(jobColumns(database))
          .executeTakeFirst();
        if (created !== undefined) return { job: toJob(created), is_new: true };
        const other = await db
          .selectFrom('botloom_job')
          .select(jobColumns(database))
          .where('key', '=', job.key)
          .executeTakeFirst();
        if (other !== undefined) return { job: toJob(other), is_new: false };
      }
      throw new BotloomError('STORAGE_UNAVAILABLE', 'Other jobs with the same key come and go.', { retryAfter: 1 });
    },

    async find(key) {
      const row = await db
        .selectFrom('botloom_job')
        .select(jobColumns(database))
        .where('key', '=', key)
        .executeTakeFirst();
      return row === undefined ? null : toJob(row);
    },

    async claimDue(owner, now, limit, background = limit) {
      // Rows that another instance is claiming just now are passed by: it gets them.
      const due = (isBackground: boolean, maxRows: number) => sql<number>`(
        select j.id from ${traits.table('botloom_job')} j where ${traits.flagEquals('j.is_background', isBackground)} and j.due_at <= ${traits.bindTime(now)} and ${isNotHeld(database)}
        order by j.due_at, j.id limit ${maxRows} ${traits.skipLocked})`;
      const rows = await db
        .updateTable('botloom_job')
        .set({ owner })
        // One list: with an OR of two, PostgreSQL reads the whole table.
        .where(
          'id',
          'in',
          sql<number>`(select id from ${due(false, limit)} d0 union all select id from ${due(true, background)} d1)`,
        )
        .returning(jobColumns(database))
        .execute();
      return rows.map(toJob).sort((a, b) => a.due_at - b.due_at || a.id - b.id);
    },

    async releaseUnknown(owner, held, due_before) {
      let query = db
        .updateTable('botloom_job')
        .set({ owner: null })
        .where('owner', '=', owner)
        .where('due_at', '<', traits.bindTime(due_before));
      if (held.length > 0) query = query.where('id', 'not in', held);
      return toNumber((await query.executeTakeFirst()).numUpdatedRows);
    },

    async nextDueAt(background = true) {
      const next = (isBackground: boolean) =>
        db
          .selectFrom('botloom_job as j')
          .select(traits.milliseconds('j.due_at').as('due_at'))
          .where(traits.flagEquals('j.is_background', isBackground))
          .where(isNotHeld(database))
          .orderBy('j.due_at')
          .orderBy('j.id')
          .limit(1)
          .executeTakeFirst();
      const rows = [await next(false), background ? await next(true) : undefined].flatMap((row) =>
        row === undefined ? [] : [toNumber(row.due_at)],
      );
      return rows.length === 0 ? null : Math.min(...rows);
    },

    async recordOutcomes(owner, outcomes) {
      if (outcomes.length === 0) return;
      await db.transaction().execute(async (trx) => {
        const done = outcomes.filter((outcome) => outcome.kind === 'done');
        await writeProfiles(
          trx,
          database,
          done.flatMap(({ profile }) => (profile === null ? [] : [profile])),
        );
        const settled = new Set<number>();
        if (done.length > 0) {
          const deleted = await trx
            .deleteFrom('botloom_job')
            .where(
              'id',
              'in',
              done.map(({ id }) => id),
            )
            .where('owner', '=', owner)
            .returning('id')
            .execute();
          for (const { id } of deleted) settled.add(toNumber(id));
        }
        for (const outcome of outcomes) {
          if (outcome.kind === 'failed') await moveToDeadLetters(trx, database, owner, outcome);
          else if (outcome.kind === 'postponed' && (await postpone(trx, database, owner, outcome)))
            settled.add(outcome.id);
        }
        // Last: what is gone has left its key.
        for (const outcome of outcomes)
          if (outcome.kind !== 'failed' && settled.has(outcome.id)) await add(trx, database, outcome.jobs ?? []);
      });
    },
  };
}

/** How often a job that has the key may be gone when it is looked for. */
const MAX_CREATE_ATTEMPTS = 3;

async function add(db: Kysely<Tables>, database: Database, jobs: readonly NewJob[]): Promise<void> {
  if (jobs.length === 0) return;
  await db
    .insertInto('botloom_job')
    .values(jobs.map(toJobValues(database)))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

function jobColumns({ traits }: Database) {
  return [
    'id',
    'bot_id',
    'kind',
    'payload',
    'key',
    'attempts',
    'is_background',
    traits.milliseconds('due_at').as('due_at'),
  ] as const;
}

/** One statement of one text, however many they are. */
async function writeProfiles(
  trx: Kysely<Tables>,
  { traits }: Database,
  profiles: readonly ProfileChange[],
): Promise<void> {
  const known = profiles.filter(({ user_id }) => isUuid(user_id));
  if (known.length === 0) return;
  const rows = JSON.stringify(
    known.map(({ user_id, bio, profile_photo_file_id, read_at }) => ({
      user_id,
      bio,
      profile_photo_file_id,
      read_at: traits.bindTime(read_at),
    })),
  );
  await sql`update ${traits.table('botloom_bot_user')} set bio = p.bio, profile_photo_file_id = p.profile_photo_file_id, profile_read_at = p.read_at
    from ${traits.profileRows(rows)} where id = p.user_id`.execute(trx);
}

async function postpone(
  trx: Kysely<Tables>,
  { traits }: Database,
  owner: string,
  { id, due_at, reason, attempts, jobs = [] }: OutcomeOf<'postponed'>,
): Promise<boolean> {
  let query = trx
    .updateTable('botloom_job')
    .set({ owner: null, due_at: traits.bindTime(due_at), reason, attempts })
    .where('id', '=', id)
    .where('owner', '=', owner);
  // Recorded already, its answer lost, and claimed anew meanwhile: what follows is there, or was.
  if (jobs.length > 0) query = query.where('due_at', '!=', traits.bindTime(due_at));
  return (await query.returning('id').executeTakeFirst()) !== undefined;
}

async function moveToDeadLetters(
  trx: Kysely<Tables>,
  { traits }: Database,
  owner: string,
  { id, reason }: OutcomeOf<'failed'>,
): Promise<void> {
  const job = await trx
    .deleteFrom('botloom_job')
    .where('id', '=', id)
    .where('owner', '=', owner)
    .returning(['bot_id', 'kind', 'payload', 'key'])
    .executeTakeFirst();
  if (job === undefined) return;
  const payload = JSON.stringify({ kind: job.kind, key: job.key, payload: toJsonObject(job.payload) });
  await trx
    .insertInto('botloom_dead_letter')
    .values({ bot_id: job.bot_id, kind: 'job', payload, reason, created_at: traits.bindTime(Date.now()) })
    .execute();
}

type OutcomeOf<Kind extends JobOutcome['kind']> = Extract<JobOutcome, { readonly kind: Kind }>;

function toJobValues({ traits }: Database) {
  return ({ bot_id, kind, payload, due_at, key, is_background = false }: NewJob) => ({
    bot_id: bot_id !== null && isUuid(bot_id) ? bot_id : null,
    kind,
    payload: JSON.stringify(payload),
    due_at: traits.bindTime(due_at),
    key,
    is_background,
  });
}

interface JobRow {
  readonly id: number | string;
  readonly bot_id: string | null;
  readonly kind: string;
  readonly payload: string;
  readonly due_at: number;
  readonly key: string | null;
  readonly attempts: number;
  readonly is_background: boolean | number;
}

function toJob({ id, bot_id, kind, payload, due_at, key, attempts, is_background }: JobRow): Job {
  return {
    id: toNumber(id),
    bot_id,
    kind,
    payload: toJsonObject(payload),
    due_at: toNumber(due_at),
    key,
    attempts: toNumber(attempts),
    is_background: toBoolean(is_background),
  };
}
