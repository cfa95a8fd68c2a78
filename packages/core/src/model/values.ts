import * as z from 'zod';
import { isTimeZone } from './time-zone.ts';

/** ISO-8601 in UTC with milliseconds: `2026-11-22T17:06:00.000Z`. */
export const timestamp = z.iso.datetime({ precision: 3 });
/** A time with any UTC offset, converted to UTC with milliseconds. */
export const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text).toISOString());
export const uuid = z.uuid();
export const timeZone = z.string().refine(isTimeZone, 'must be a time zone, such as Europe/Berlin');
/** A two-letter code of ISO 639-1, as Telegram uses them. */
export const languageCode = z.string().regex(/^[a-z]{2}$/, 'must be a two-letter language code, such as de');
/**
 * A chat, user or message ID of Telegram, or a bigint identity of Botloom: an integer that a double represents exactly.
 */
export const integerId = z.number().int();

export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };
export type JsonObject = { readonly [key: string]: JsonValue };

export const jsonValue: z.ZodType<JsonValue> = z.lazy(() =>
  z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(jsonValue), z.record(z.string(), jsonValue)]),
);
export const jsonObject = z.record(z.string(), jsonValue);

/** True for a JSON object, and false for a list. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const UUID_PATTERN = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** True for a UUID in lower case, the form that Botloom writes. */
export function isUuid(value: string): boolean {
  return UUID_PATTERN.test(value);
}
