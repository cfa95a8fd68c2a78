import { sql } from 'kysely';
import type { DialectTraits } from '../dialect-traits.ts';
import { isPostgresViolation } from './postgres-errors.ts';

/** @param schema - schema of the tables; null for the first one of the search path */
export function createPostgresTraits(schema: string | null): DialectTraits {
  return {
    dialect: 'postgres',
    table: (name) => (schema === null ? sql.id(name) : sql.id(schema, name)),
    flagEquals: (column, value) => sql`${sql.ref(column)} = ${sql.lit(value)}`,
    bindTime: (milliseconds) => new Date(milliseconds).toISOString(),
    milliseconds: (column) => sql<number>`(extract(epoch from ${sql.ref(column)}) * 1000)::bigint`,
    // Not now(): it returns the start of the transaction, which may have waited for a lock since then.
    databaseTime: (shift = 0) => sql<string>`clock_timestamp() + ${sql.lit(shift)} * interval '1 millisecond'`,
    skipLocked: sql`for update skip locked`,
    forUpdate: sql`for update`,
    profileRows: (json) =>
      sql`json_to_recordset(${json}::json)
        as p(user_id uuid, bio text, profile_photo_file_id text, read_at timestamptz)`,
    botKey: (bot_id) => sql`${bot_id}`,
    userKey: (user_id) => sql`${user_id}`,
    userId: (column) => sql`${sql.ref(column)}`,
    // The text format of bytes depends on the setting `bytea_output`, which the host controls.
    bytes: (column) => sql<string>`encode(${sql.ref(column)}, 'base64')`,
    isViolation: isPostgresViolation,
  };
}
