import type { JsonObject, JsonValue } from '../model/index.ts';

/** Members of an object from Telegram. Any of them can be missing or have another type. */
export type Fields = Readonly<Record<string, JsonValue | undefined>>;

export function objectOf(value: unknown): JsonObject | null {
  // Checked: a plain JSON object, not an array and not null.
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

/** Returns an integer that a double represents exactly, as every ID of Telegram is; null for anything else. */
export function idOf(value: JsonValue | undefined): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : null;
}
