import { sql } from 'kysely';
import type { DialectTraits } from '../dialect-traits.ts';
import { isSqliteViolation } from './sqlite-errors.ts';

export const sqliteTraits: DialectTraits = {
  dialect: 'sqlite',
  table: (name) => sql.id(name),
  flagEquals: (column, value) => sql`${sql.ref(column)} = ${sql.lit(value ? 1 : 0)}`,
  bindTime: (milliseconds) => milliseconds,
  milliseconds: (column) => sql<number>`${sql.ref(column)}`,
  databaseTime: (shift = 0) => sql<number>`cast(unixepoch('subsec') * 1000 + ${shift} as integer)`,
  skipLocked: sql``,
  forUpdate: sql``,
  profileRows: (json) =>
    sql`(select value ->> 'user_id' as user_id, value ->> 'bio' as bio, value ->> 'profile_photo_file_id' as profile_photo_file_id, value ->> 'read_at' as read_at from json_each(${json})) p`,
  botKey: (bot_id) => sql`(select number from botloom_bot where id = ${bot_id})`,
  userKey: (user_id) => sql`(select number from botloom_bot_user where id = ${user_id})`,
  userId: (column) => sql`(select id from botloom_bot_user where number = ${sql.ref(column)})`,
  bytes: (column) => sql`${sql.ref(column)}`,
  isViolation: isSqliteViolation,
};
