import type { CompileContext } from '../compile-context.ts';
import { FLOW_LIMITS } from '../limits.ts';
import type { Pattern } from '../pattern/compile-pattern.ts';
import { pointer } from '../pointer.ts';
import { compileValue } from '../values/compile-value.ts';
import { parsePath } from '../values/placeholder-path.ts';
import type { CompiledCondition } from './compiled-condition.ts';
import type { ConditionSource, Operator } from './condition-schema.ts';

/** Compiles a condition and reports its problems. A part that is not valid is always false. */
export function compileCondition(source: ConditionSource, key: string, context: CompileContext): CompiledCondition {
  const size = { leaves: 0 };
  const compiled = compilePart(source, key, context, 1, size);
  if (size.leaves > FLOW_LIMITS.conditionLeaves)
    context.report(
      key,
      'condition_too_large',
      `The condition has ${size.leaves} comparisons; at most ${FLOW_LIMITS.conditionLeaves} are allowed`,
    );
  return compiled;
}

const NEVER: CompiledCondition = { kind: 'any', of: [] };

const CONDITION_FORMS = ['all', 'any', 'not', 'var'] as const;

function compilePart(
  source: ConditionSource,
  key: string,
  context: CompileContext,
  depth: number,
  size: { leaves: number },
): CompiledCondition {
  const forms = CONDITION_FORMS.filter((form) => source[form] !== undefined);
  const [form] = forms;
  if (form === undefined || forms.length > 1) {
    const message =
      form === undefined
        ? 'The condition is empty'
        : `The condition has ${forms.map((name) => `"${name}"`).join(' and ')}`;
    context.report(key, 'condition_form', message, 'Use "var" and "op", or one of "all", "any" and "not".');
    return NEVER;
  }
  if (depth > FLOW_LIMITS.conditionDepth) {
    context.report(key, 'condition_too_deep', `Conditions are nested deeper than ${FLOW_LIMITS.conditionDepth} levels`);
    return NEVER;
  }
  if (form !== 'var') {
    for (const name of ['op', 'value', 'ignore_case'] as const)
      if (source[name] !== undefined)
        context.report(`${key}/${name}`, 'condition_form', `"${name}" is allowed with "var", not with "${form}"`);
  }
  if (source.not !== undefined)
    return { kind: 'not', of: compilePart(source.not, `${key}/not`, context, depth + 1, size) };
  const parts = source.all ?? source.any;
  if (parts !== undefined && form !== 'var')
    return {
      kind: source.all === undefined ? 'any' : 'all',
      of: parts.map((part, index) => compilePart(part, pointer(key, form, index), context, depth + 1, size)),
    };
  size.leaves += 1;
  return compileComparison(source, key, context);
}

function compileComparison(
  { var: name = '', op, value, ignore_case = false }: ConditionSource,
  key: string,
  context: CompileContext,
): CompiledCondition {
  const path = context.readPath(parsePath(name), name, `${key}/var`);
  if (op === undefined) {
    context.report(`${key}/op`, 'required', '"op" is missing');
    return NEVER;
  }
  const alone = UNARY_OPERATORS.has(op);
  if (alone && value !== undefined)
    context.report(`${key}/value`, 'condition_value', `"${op}" has no value to compare with`, 'Remove "value".');
  if (!alone && value === undefined) {
    context.report(`${key}/value`, 'required', '"value" is missing');
    return NEVER;
  }
  if ((op === 'in' || op === 'not_in') && !Array.isArray(value) && typeof value !== 'string')
    context.report(
      `${key}/value`,
      'condition_value',
      `"${op}" needs a list`,
      'Write ["a", "b"], or a placeholder for a list: "{{ items }}".',
    );
  if (op === 'matches' || op === 'not_matches') {
    const pattern = readPattern(value, ignore_case, `${key}/value`, context);
    return { kind: 'pattern', path, pattern, negated: op === 'not_matches' };
  }
  return {
    kind: 'compare',
    path,
    op,
    value: alone || value === undefined ? null : compileValue(value, `${key}/value`, context),
    ignore_case,
  };
}

/** Operators without a value to compare with. */
const UNARY_OPERATORS: ReadonlySet<Operator> = new Set(['is_set', 'is_not_set', 'is_empty', 'is_not_empty']);

/** Compiles a pattern. It is always constant, so that a text that a user sends never becomes a pattern. */
function readPattern(value: unknown, ignore_case: boolean, key: string, context: CompileContext): Pattern {
  if (typeof value !== 'string') {
    context.report(key, 'condition_value', '"matches" needs a pattern', 'Write it as a text: "^[0-9]{5}$".');
    return NO_PATTERN;
  }
  return context.pattern(value, key, { ignore_case }) ?? NO_PATTERN;
}

const NO_PATTERN: Pattern = { source: '', test: () => false };
