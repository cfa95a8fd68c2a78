import { sql } from 'kysely';
import type { DialectTraits } from '../dialect-traits.ts';
import { isPostgresViolation } from './postgres-errors.ts';

/** @param schema of the tables; null: that of the search path */
export function createPostgresTraits(schema: string | null): DialectTraits {
  return {
    dialect: 'postgres',
    table: (name) => (schema === null ? sql.id(name) : sql.id(schema, name)),
    flagEquals: (column, value) => sql`${sql.ref(column)} = ${sql.lit(value)}`,
    bindTime: (milliseconds) => new Date(milliseconds).toISOString(),
    milliseconds: (column) => sql<number>`(extract(epoch from ${sql.ref(column)}) * 1000)::bigint`,
    // Not now(): that is when the transaction began, and it may have waited for a lock since.
    databaseTime: (shift = 0) => sql<string>`clock_timestamp() + ${sql.lit(shift)} * interval '1 millisecond'`,
    skipLocked: sql`for update skip locked`,
    forUpdate: sql`for update`,
    profileRows: (json) =>
      sql`json_to_recordset(${json}::json) as p(user_id uuid, bio text, profile_photo_file_id text, read_at timestamptz)`,
    botKey: (bot_id) => sql`${bot_id}`,
    userKey: (user_id) => sql`${user_id}`,
    userId: (column) => sql`${sql.ref(column)}`,
    // As text they come as the server's `bytea_output` says, which is the host's.
    bytes: (column) => sql<string>`encode(${sql.ref(column)}, 'base64')`,
    isViolation: isPostgresViolation,
  };
}
