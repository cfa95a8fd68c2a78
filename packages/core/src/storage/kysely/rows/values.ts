import { HOUR_MS, isUuid as isLowerCaseUuid, type JsonObject } from '../../../model/index.ts';

/** int8, however the driver gives it: a number, a string, or a bigint where a host has set parsers. */
export function toNumber(value: number | string | bigint): number {
  return Number(value);
}

export function toNumberOrNull(value: number | string | bigint | null): number | null {
  return value === null ? null : Number(value);
}

/** Milliseconds to ISO-8601 in UTC. */
export function toTimestamp(milliseconds: number | string | bigint): string {
  return new Date(Number(milliseconds)).toISOString();
}

export function toTimestampOrNull(milliseconds: number | string | bigint | null): string | null {
  return milliseconds === null ? null : toTimestamp(milliseconds);
}

/** `true`/`false`, or SQLite's `1`/`0`. */
export function toBoolean(value: boolean | number): boolean {
  return value === true || value === 1;
}

/** Of a column that only ever holds objects. */
export function toJsonObject(text: string): JsonObject {
  // We wrote it: JSON.parse of what JSON.stringify made of a JsonObject.
  return JSON.parse(text) as JsonObject;
}

export function toJsonObjectOrNull(text: string | null): JsonObject | null {
  return text === null ? null : toJsonObject(text);
}

/** Whether a string may be compared with a uuid column: PostgreSQL raises an error for anything else. */
export function isUuid(value: string): boolean {
  return isLowerCaseUuid(value.toLowerCase());
}

/** Longer than any search; a name beyond all measure would not fit into a page of PostgreSQL's index. */
const MAX_FOLDED_LENGTH = 256;

/** How a name is compared in searches: SQLite folds ASCII only, so it is done here, the same for both databases. */
export function foldCase(name: string): string {
  const folded = name.toLowerCase();
  return folded.length > MAX_FOLDED_LENGTH ? folded.slice(0, MAX_FOLDED_LENGTH).toWellFormed() : folded;
}

export function foldCaseOrNull(name: string | null): string | null {
  return name === null ? null : foldCase(name);
}

/** `last_interaction` in whole hours: see README. */
export function toUtcHour(milliseconds: number): number {
  return Math.floor(milliseconds / HOUR_MS);
}

export function toUtcDay(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 10);
}
