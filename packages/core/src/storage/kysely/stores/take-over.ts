import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { DialectTraits } from '../dialect-traits.ts';
import { toNumber } from '../rows/values.ts';
import type { Tables } from '../tables.ts';

const OWNED_TABLES = ['botloom_message', 'botloom_outgoing_call', 'botloom_job'] as const;

/**
 * Takes the outbox rows of instances whose lease has expired, and of owners without an instance row. Runs in the
 * caller's transaction.
 *
 * The row of a dead instance is locked, so only one instance takes its rows. A batch that found the instance alive
 * holds that lock until its rows are written; until then, the instance is skipped. If another live instance has unsent
 * rows in a chat, it gets the rows of that chat, so the chat keeps one sender. Jobs are released instead: any instance
 * can claim them.
 *
 * @returns the number of rows taken and jobs released
 */
export async function takeOverRows(
  { db, traits }: { readonly db: Kysely<Tables>; readonly traits: DialectTraits },
  taker: string,
): Promise<number> {
  const now = traits.databaseTime();
  const dead = await sql<{ readonly id: string }>`
    select id from ${traits.table('botloom_instance')}
    where lease_until <= ${now} and id <> ${taker}
    order by id ${traits.skipLocked}`.execute(db);
  const ids = dead.rows.map(({ id }) => id);
  const ownerLists = OWNED_TABLES.map((table, index) => ownersOf(traits, table, index));
  const orphans = await sql<{ readonly owner: string }>`
    with recursive ${sql.join(ownerLists)}
    select owner from (select owner from o0 union select owner from o1 union select owner from o2) o
    where owner is not null and owner <> ${taker}
      and not exists (select 1 from ${traits.table('botloom_instance')} i where i.id = o.owner)`.execute(db);
  const owners = [...ids, ...orphans.rows.map(({ owner }) => owner)];
  if (owners.length === 0) return 0;
  const list = sql.join(owners);
  let taken = 0;
  for (const table of ['botloom_message', 'botloom_outgoing_call'] as const) {
    const { numAffectedRows } = await sql`
      update ${traits.table(table)} as r set owner = coalesce(
        (select m.owner from ${traits.table('botloom_message')} m
         where m.owner is not null and m.chat_id = r.chat_id and m.bot_id = r.bot_id and m.owner not in (${list})
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

/**
 * Returns the query `o<index>(owner)` for the owners of a table. There are few owners and many rows, so it goes from one
 * owner to the next by the index: it runs every second, and a scan would cost more the longer the backlog is.
 */
function ownersOf(traits: DialectTraits, table: (typeof OWNED_TABLES)[number], index: number): RawBuilder<unknown> {
  const name = sql.id(`o${index}`);
  const rows = traits.table(table);
  return sql`${name}(owner) as (
    select min(owner) from ${rows} where owner is not null
    union all
    select (select min(r.owner) from ${rows} r where r.owner > ${name}.owner) from ${name}
    where ${name}.owner is not null)`;
}
