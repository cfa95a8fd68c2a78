import type { JsonValue } from '../../model/index.ts';
import type { CompileContext, TemplateOptions } from '../compile-context.ts';
import { pointer } from '../pointer.ts';
import type { CompiledValue } from './compiled-value.ts';
import { isList } from './is-list.ts';
import { placeholderPath } from './placeholder-path.ts';

/** Compiles a value of a document: texts in it, at any depth, are templates. */
export function compileValue(
  source: JsonValue,
  key: string,
  context: CompileContext,
  options: TemplateOptions = {},
): CompiledValue {
  if (typeof source === 'string') return compileText(source, key, context, options);
  if (typeof source !== 'object' || source === null) return { kind: 'constant', value: source };
  if (isList(source)) {
    const items = source.map((item, index) => compileValue(item, pointer(key, index), context, options));
    return items.every(isConstant)
      ? { kind: 'constant', value: items.map(({ value }) => value) }
      : { kind: 'list', items };
  }
  const members = Object.entries(source).map(
    ([name, value]) => [name, compileValue(value, pointer(key, name), context, options)] as const,
  );
  return members.every((member): member is readonly [string, Constant] => isConstant(member[1]))
    ? { kind: 'constant', value: Object.fromEntries(members.map(([name, { value }]) => [name, value])) }
    : { kind: 'object', members };
}

type Constant = Extract<CompiledValue, { readonly kind: 'constant' }>;

function compileText(source: string, key: string, context: CompileContext, options: TemplateOptions): CompiledValue {
  const template = context.template(source, key, options);
  if (template.constant !== null) return { kind: 'constant', value: template.constant };
  const path = placeholderPath(source);
  return path === null ? { kind: 'text', template } : { kind: 'place', path };
}

function isConstant(value: CompiledValue): value is Constant {
  return value.kind === 'constant';
}
