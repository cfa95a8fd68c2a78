import type { JsonObject, JsonValue } from '../model/index.ts';

/** Members of something Telegram sent; none of them is certain to be there or to be of its type. */
export type Fields = Readonly<Record<string, JsonValue | undefined>>;

export function objectOf(value: unknown): JsonObject | null {
  // Checked to be a plain JSON object: no array, not null.
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : null;
}

export function arrayOf(value: JsonValue | undefined): readonly JsonValue[] {
  return isArray(value) ? value : [];
}

/** Array.isArray does not narrow readonly arrays. */
export function isArray(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}

export function stringOf(value: JsonValue | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

/** A whole number that a double holds exactly, as every id of Telegram is. */
export function idOf(value: JsonValue | undefined): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : null;
}
