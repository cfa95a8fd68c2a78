import { isList, type ValueType } from '../../flow/index.ts';
import type { JsonValue } from '../../model/index.ts';
import { toNumber } from './to-number.ts';

/**
 * Converts a value to a type.
 *
 * @throws Error - when that is not possible
 */
export function convert(value: JsonValue, type: ValueType): JsonValue {
  switch (type) {
    case 'text':
      if (typeof value === 'string') return value;
      return value === null ? '' : JSON.stringify(value);
    case 'number': {
      const number = toNumber(value);
      if (number === null) throw new Error('the value is not a number');
      return number;
    }
    case 'boolean':
      if (typeof value === 'boolean') return value;
      if (value === 'true' || value === 'false') return value === 'true';
      throw new Error('the value is not a boolean');
    case 'json':
      return typeof value === 'string' ? parse(value) : value;
  }
}

function parse(text: string): JsonValue {
  const value = JSON.parse(text, rejectProtoKey) as JsonValue; // JSON.parse returns JSON values.
  if (depthOf(value) > MAX_DEPTH) throw new Error('the value is nested too deeply');
  return value;
}

const MAX_DEPTH = 32;

/** A member with this name could change the prototype of an object that is copied carelessly. */
function rejectProtoKey(key: string, value: unknown): unknown {
  if (key === '__proto__') throw new Error('the value has the forbidden key "__proto__"');
  return value;
}

function depthOf(value: JsonValue): number {
  let depth = 0;
  let level: readonly JsonValue[] = [value];
  while (level.length > 0 && depth <= MAX_DEPTH) {
    depth += 1;
    level = level.flatMap(membersOf);
  }
  return depth;
}

function membersOf(value: JsonValue): readonly JsonValue[] {
  if (typeof value !== 'object' || value === null) return [];
  return isList(value) ? value : Object.values(value);
}
