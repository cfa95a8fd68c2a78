import type { RawBuilder } from 'kysely';
import type { Tables, TimeValue } from './tables.ts';

/** A unique index, as errors name it. */
export interface UniqueIndex {
  readonly name: string;
  /** `table.column` of each of its columns: what SQLite says instead of the name. */
  readonly columns: readonly string[];
}

/** All that differs between the databases outside their folders, one member each. */
export interface DialectTraits {
  readonly dialect: 'sqlite' | 'postgres';
  /** A table in SQL that is written out: the query builder qualifies names with the schema only in what it builds itself. */
  table(name: keyof Tables): RawBuilder<unknown>;
  /** A flag's column compared with a constant, as an index's condition and its first column are. */
  flagEquals(column: string, value: boolean): RawBuilder<boolean>;
  /** Binds a time given in milliseconds. */
  bindTime(milliseconds: number): TimeValue;
  /** Reads a time column as milliseconds. */
  milliseconds(column: string): RawBuilder<number>;
  /** The database's clock, shifted by milliseconds: leases of several machines are compared on one clock. SQLite is on this machine anyway. */
  databaseTime(shift?: number): RawBuilder<TimeValue>;
  /** Row locks that pass by what others hold. SQLite writes one transaction at a time and has none. */
  readonly skipLocked: RawBuilder<unknown>;
  /** Row locks that wait. SQLite needs none. */
  readonly forUpdate: RawBuilder<unknown>;
  /** A JSON list of profiles (`user_id`, `bio`, `profile_photo_file_id`, `read_at` as `time` binds it) as rows to join, called `p`. */
  profileRows(json: string): RawBuilder<unknown>;
  /** What rows of `message` and `outgoing_call` say for a bot: its id, or on SQLite its number. */
  botKey(bot_id: string): RawBuilder<string>;
  /** What rows of `message` say for a person. */
  userKey(user_id: string): RawBuilder<string>;
  /** Reads such a column as the person's id. */
  userId(column: string): RawBuilder<string | null>;
  /** Reads a column of bytes: as bytes, or as base64. */
  bytes(column: string): RawBuilder<Uint8Array | string>;
  /** Whether an error is the violation of this index. */
  isViolation(error: unknown, index: UniqueIndex): boolean;
}
