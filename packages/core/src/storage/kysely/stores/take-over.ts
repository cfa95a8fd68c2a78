import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { DialectTraits } from '../dialect-traits.ts';
import { toNumber } from '../rows/values.ts';
import type { Tables } from '../tables.ts';

/**
 * Takes the outbox rows of instances whose lease has ended, and of owners that have no row at all; runs in the caller's transaction.
 *
 * The dead instance's row is locked, so it has one taker, and a batch that has just found it alive (and holds the row for it) is passed by until
 * its rows are there. Rows of a chat in which a live other instance has unsent rows go to that one: the chat stays with one sender.
 * Jobs are set free instead: whoever runs jobs claims them.
 *
 * @returns how many rows the taker got and jobs were set free
 */
export async function takeOverRows(
  { db, traits }: { readonly db: Kysely<Tables>; readonly traits: DialectTraits },
  taker: string,
): Promise<number> {
  const now = traits.databaseTime();
  const dead = await sql<{ readonly id: string }>`
    select id from ${traits.table('botloom_instance')} where lease_until <= ${now} and id <> ${taker} order by id ${traits.skipLocked}`.execute(
    db,
  );
  const ids = dead.rows.map(({ id }) => id);
  const orphans = await sql<{ readonly owner: string }>`
    with recursive ${sql.join((['botloom_message', 'botloom_outgoing_call', 'botloom_job'] as const).map((table, index) => ownersOf(traits, table, index)))}
    select owner from (select owner from o0 union select owner from o1 union select owner from o2) o
    where owner is not null and owner <> ${taker} and not exists (select 1 from ${traits.table('botloom_instance')} i where i.id = o.owner)`.execute(
    db,
  );
  const owners = [...ids, ...orphans.rows.map(({ owner }) => owner)];
  if (owners.length === 0) return 0;
  const list = sql.join(owners);
  let taken = 0;
  for (const table of ['botloom_message', 'botloom_outgoing_call'] as const) {
    const { numAffectedRows } = await sql`
      update ${traits.table(table)} as r set owner = coalesce(
        (select m.owner from ${traits.table('botloom_message')} m where m.owner is not null and m.chat_id = r.chat_id and m.bot_id = r.bot_id and m.owner not in (${list})
         order by m.id desc limit 1), ${taker})
      where r.owner in (${list})`.execute(db);
    taken += toNumber(numAffectedRows ?? 0n);
  }
  const { numAffectedRows } =
    await sql`update ${traits.table('botloom_job')} set owner = null where owner in (${list})`.execute(db);
  if (ids.length > 0) {
    await db.deleteFrom('botloom_lease').where('instance_id', 'in', ids).execute();
    await db.deleteFrom('botloom_instance').where('id', 'in', ids).execute();
  }
  return taken + toNumber(numAffectedRows ?? 0n);
}

/** The few owners among many rows, `o<index>(owner)`: from one to the next by the index, since this runs every second and a scan would cost by the backlog. */
function ownersOf(
  traits: DialectTraits,
  table: 'botloom_message' | 'botloom_outgoing_call' | 'botloom_job',
  index: number,
): RawBuilder<unknown> {
  const name = sql.id(`o${index}`);
  const rows = traits.table(table);
  return sql`${name}(owner) as (
    select min(owner) from ${rows} where owner is not null
    union all select (select min(r.owner) from ${rows} r where r.owner > ${name}.owner) from ${name} where ${name}.owner is not null)`;
}
