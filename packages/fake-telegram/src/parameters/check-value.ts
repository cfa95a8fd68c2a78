import type { ApiField, ApiLimit, ApiType, BotApi } from '../api-data/bot-api.ts';
import { isObject } from './read-parameters.ts';

/** A problem of a value, with its path. */
export interface Problem {
  path: string;
  message: string;
}

/** The value, converted to its type, or its first problem. */
export type Checked = { value: unknown; problem?: undefined } | { problem: Problem };

export interface CheckOptions {
  api: BotApi;
  /** True to reject fields that the type does not have. */
  strict: boolean;
}

/** Checks a value against several types. Converts what Telegram converts, such as `"5"` to 5 and `"true"` to true. */
export function checkValue(value: unknown, types: readonly string[], path: string, options: CheckOptions): Checked {
  if (Array.isArray(value)) return checkList(value, types, path, options);
  const candidates = isObject(value) ? objectCandidates(value, types, options.api) : types;
  let first: Problem | undefined;
  for (const type of candidates.length > 0 ? candidates : types) {
    const checked = checkType(value, type, path, options);
    if (!checked.problem) return checked;
    first ??= checked.problem;
  }
  // A problem of a nested value is reported as it is. A value of another type is reported with all types.
  const aboutAllTypes = !first || (first.path === path && types.length > 1);
  return { problem: first && !aboutAllTypes ? first : { path, message: `must be ${describeTypes(types)}` } };
}

/** Checks the fields of an object against a table of fields. */
export function checkFields(
  value: Record<string, unknown>,
  fields: ReadonlyMap<string, ApiField>,
  path: string,
  options: CheckOptions,
): Checked {
  const result: Record<string, unknown> = {};
  for (const [name, item] of Object.entries(value)) {
    const at = path ? `${path}.${name}` : name;
    const field = fields.get(name);
    if (item === undefined || item === null) continue;
    if (!field) {
      if (options.strict) return { problem: { path: at, message: 'is unknown' } };
      continue;
    }
    const checked = checkField(item, field, at, options);
    if (checked.problem) return checked;
    result[name] = checked.value;
  }
  for (const field of fields.values()) {
    if (field.required && !(field.name in result)) {
      return { problem: { path: path ? `${path}.${field.name}` : field.name, message: 'is required' } };
    }
  }
  return { value: result };
}

/** Checks one field: its type, its constant, its limit. */
export function checkField(value: unknown, field: ApiField, path: string, options: CheckOptions): Checked {
  const checked = checkValue(value, field.types, path, options);
  if (checked.problem) return checked;
  if (field.constant !== undefined && checked.value !== field.constant) {
    return { problem: { path, message: `must be "${field.constant}"` } };
  }
  const excess = field.limit && exceeds(checked.value, field.limit);
  return excess ? { problem: { path, message: excess } } : checked;
}

/** Describes how a value exceeds a limit. Returns undefined if it does not. */
export function exceeds(value: unknown, limit: ApiLimit): string | undefined {
  const size = measure(value, limit.unit);
  if (size === undefined || (size >= limit.min && size <= limit.max)) return undefined;
  if (limit.unit === 'value') return `must be between ${limit.min} and ${limit.max}`;
  return `must have ${limit.min}-${limit.max} ${limit.unit}, but has ${size}`;
}

function measure(value: unknown, unit: ApiLimit['unit']): number | undefined {
  if (unit === 'items') return Array.isArray(value) ? value.length : undefined;
  if (unit === 'value') return typeof value === 'number' ? value : undefined;
  if (typeof value !== 'string') return undefined;
  return unit === 'bytes' ? Buffer.byteLength(value) : [...value].length;
}

function checkType(value: unknown, type: string, path: string, options: CheckOptions): Checked {
  const mismatch: Checked = { problem: { path, message: `must be ${describeTypes([type])}` } };
  if (type.endsWith('[]')) return mismatch;
  const primitive = primitives[type];
  if (primitive) {
    const converted = primitive(value);
    return converted === undefined ? mismatch : { value: converted };
  }
  const definition = options.api.types.get(type);
  if (definition && definition.subtypes.length > 0) return checkValue(value, definition.subtypes, path, options);
  return definition && isObject(value) ? checkFields(value, definition.fields, path, options) : mismatch;
}

/** Checks a list. For `Photo[] | Video[]`, Telegram accepts lists that mix both. */
function checkList(value: unknown[], types: readonly string[], path: string, options: CheckOptions): Checked {
  const itemTypes = types.filter((type) => type.endsWith('[]')).map((type) => type.slice(0, -2));
  if (itemTypes.length === 0) return { problem: { path, message: `must be ${describeTypes(types)}` } };
  const items: unknown[] = [];
  for (const [index, item] of value.entries()) {
    const checked = checkValue(item, itemTypes, `${path}[${index}]`, options);
    if (checked.problem) return checked;
    items.push(checked.value);
  }
  return { value: items };
}

const primitives: Record<string, ((value: unknown) => unknown) | undefined> = {
  Integer: (value) => {
    if (typeof value === 'string' && /^-?\d{1,16}$/.test(value)) return Number(value);
    return Number.isSafeInteger(value) ? value : undefined;
  },
  Float: (value) => {
    if (typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value)) return Number(value);
    return Number.isFinite(value) ? value : undefined;
  },
  Boolean: toBoolean,
  True: toBoolean,
  String: (value) => (typeof value === 'string' || typeof value === 'number' ? String(value) : undefined),
  InputFile: (value) => (typeof value === 'string' ? value : undefined),
};

function toBoolean(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value;
  if (value === 'true' || value === 'True' || value === '1' || value === 'yes') return true;
  return value === 'false' || value === 'False' || value === '0' || value === 'no' ? false : undefined;
}

/** Selects the object types whose constants match and whose required fields exist, so that errors are specific. */
function objectCandidates(value: Record<string, unknown>, types: readonly string[], api: BotApi): readonly string[] {
  const definitions = types.flatMap((type) => api.types.get(type) ?? []).filter((type) => type.subtypes.length === 0);
  const byConstant = definitions.filter((type) => hasConstant(type) && constantsFit(value, type));
  if (byConstant.length > 0) return byConstant.map((type) => type.name);
  const complete = definitions.filter((type) => !hasConstant(type) && requiredThere(value, type));
  return complete.map((type) => type.name);
}

function hasConstant(type: ApiType): boolean {
  return [...type.fields.values()].some((field) => field.constant !== undefined);
}

function constantsFit(value: Record<string, unknown>, type: ApiType): boolean {
  return [...type.fields.values()].every(
    (field) => field.constant === undefined || value[field.name] === field.constant,
  );
}

function requiredThere(value: Record<string, unknown>, type: ApiType): boolean {
  return [...type.fields.values()].every((field) => !field.required || value[field.name] !== undefined);
}

function describeTypes(types: readonly string[]): string {
  return types.map(describeType).join(' or ');
}

function describeType(type: string): string {
  if (type.endsWith('[]')) return `a list of ${type.slice(0, -2)}`;
  return /^[AEIOU]/.test(type) ? `an ${type}` : `a ${type}`;
}
