import { isList } from '../../flow/index.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../model/index.ts';

/** Returns a member of a message's content that is an object; null if it is not. */
export function objectMember(content: JsonObject, name: string): JsonObject | null {
  return asObject(content[name]);
}

export function textMember(content: JsonObject, name: string): string | null {
  const value = content[name];
  return typeof value === 'string' ? value : null;
}

export function numberMember(content: JsonObject, name: string): number | null {
  const value = content[name];
  return typeof value === 'number' ? value : null;
}

/** Returns the file of a message of this type; of a photo, its largest size. */
export function findFile(content: JsonObject, type: string): JsonObject | null {
  const value = content[type];
  if (!isList(value)) return asObject(value);
  return value.reduce<JsonObject | null>((best, each) => {
    const size = asObject(each);
    return size !== null && (best === null || area(size) >= area(best)) ? size : best;
  }, null);
}

function area(size: JsonObject): number {
  return (numberMember(size, 'width') ?? 0) * (numberMember(size, 'height') ?? 0);
}

function asObject(value: JsonValue | undefined): JsonObject | null {
  return isJsonObject(value) ? value : null;
}
