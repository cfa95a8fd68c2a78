import type { JsonValue } from '../../../model/index.ts';
import type { CompileContext } from '../../compile-context.ts';
import { pointer } from '../../pointer.ts';
import { compileValue } from '../../values/compile-value.ts';
import type { CompiledValue } from '../../values/compiled-value.ts';
import { isList } from '../../values/is-list.ts';
import { compileSecretText, hasSecret, type SecretText } from './secret-text.ts';

/** A JSON body. It is split into members only where it contains secrets. */
export type JsonBody =
  | { readonly kind: 'value'; readonly value: CompiledValue }
  | { readonly kind: 'text'; readonly text: SecretText }
  | { readonly kind: 'list'; readonly items: readonly JsonBody[] }
  | { readonly kind: 'object'; readonly members: readonly (readonly [string, JsonBody])[] };

export function compileJsonBody(source: JsonValue, key: string, context: CompileContext): JsonBody {
  if (!mentionsSecret(source)) return { kind: 'value', value: compileValue(source, key, context) };
  if (typeof source === 'string') return { kind: 'text', text: compileSecretText(source, key, context) };
  if (isList(source))
    return { kind: 'list', items: source.map((item, index) => compileJsonBody(item, pointer(key, index), context)) };
  // A value that contains a secret is a text, a list or an object.
  const members = Object.entries(source as { readonly [key: string]: JsonValue });
  return {
    kind: 'object',
    members: members.map(([name, value]) => [name, compileJsonBody(value, pointer(key, name), context)] as const),
  };
}

function mentionsSecret(source: JsonValue): boolean {
  if (typeof source === 'string') return hasSecret(source);
  return (
    typeof source === 'object' &&
    source !== null &&
    Object.values(source).some((value: JsonValue) => mentionsSecret(value))
  );
}
