import type { JsonObject, JsonValue } from '../../model/index.ts';
import { isNamespace } from '../template/names.ts';
import type { TemplateScope } from '../template/template.ts';
import { isList } from './is-list.ts';

/**
 * What stands at a path: own members, elements by number (`items.0`), and the `size`, `first` and `last` that templates know, too.
 * `undefined` where there is nothing; what objects inherit is nothing.
 */
export function lookUp(path: readonly string[], scope: TemplateScope): JsonValue | undefined {
  const [root = '', ...rest] = path;
  // `session` is reserved and empty, and secrets are none of the values.
  let value: JsonValue | undefined = isNamespace(root)
    ? root === 'session' || root === 'secrets'
      ? undefined
      : scope[root]
    : ownValue(scope.variables, root);
  for (const name of rest) value = member(value, name);
  return value;
}

function member(value: JsonValue | undefined, name: string): JsonValue | undefined {
  if (typeof value === 'string') return name === 'size' ? value.length : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  if (!isList(value)) return ownValue(value, name) ?? (name === 'size' ? Object.keys(value).length : undefined);
  if (name === 'size') return value.length;
  if (name === 'first') return value[0];
  if (name === 'last') return value.at(-1);
  return /^\d{1,4}$/.test(name) ? value[Number(name)] : undefined;
}

function ownValue(object: JsonObject, key: string): JsonValue | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}
