import * as z from 'zod/mini';
import { labeled, type JsonValue } from '../../model/index.ts';
import type { CompileContext } from '../compile-context.ts';
import { FLOW_LIMITS } from '../limits.ts';
import { templateText } from '../steps/common-fields.ts';
import type { Template } from '../template/template.ts';
import { parsePath } from '../values/placeholder-path.ts';
import type { SourceOf } from './input-kind.ts';

/** Fields of a choice and of a multiple choice: the options and their layout. */
export const optionFields = {
  options: labeled(
    z.optional(
      z
        .array(
          z.union([
            templateText,
            z.strictObject({
              label: labeled(templateText, { title: 'Label', description: 'Label of the button. A template.' }),
              value: labeled(z.union([z.string(), z.number(), z.boolean()]), {
                title: 'Value',
                description: 'Value that is stored as the answer.',
              }),
            }),
          ]),
        )
        .check(z.minLength(1), z.maxLength(FLOW_LIMITS.options)),
    ),
    {
      title: 'Options',
      description:
        'Of a choice: the options. Each is a text (a template), which is also the value, ' +
        'or `{"label": …, "value": …}`.',
    },
  ),
  options_from: labeled(z.optional(z.string().check(z.minLength(1))), {
    title: 'Options from',
    description:
      'Of a choice, instead of `options`: the variable, or a path such as `user.attributes.shops`, ' +
      'with a list of texts, numbers, or objects with `label` and `value`.',
  }),
  columns: labeled(z.optional(z.int().check(z.gte(1), z.lte(FLOW_LIMITS.buttonsInRow))), {
    title: 'Columns',
    description: 'Of a choice: buttons per row. Default: 1.',
  }),
  page_size: labeled(z.optional(z.int().check(z.gte(1), z.lte(90))), {
    title: 'Page size',
    description: 'Of a choice: buttons per page. Default: 10. More options get more pages.',
  }),
};

export interface CompiledOption {
  readonly label: Template;
  /** Null: the rendered label. */
  readonly value: JsonValue | null;
}

export interface CompiledOptions {
  readonly options:
    | { readonly kind: 'list'; readonly list: readonly CompiledOption[] }
    | { readonly kind: 'from'; readonly path: readonly string[] };
  readonly columns: number;
  readonly page_size: number;
}

export function compileOptions(source: SourceOf<typeof optionFields>, context: CompileContext): CompiledOptions {
  return { options: compileSource(source, context), columns: source.columns ?? 1, page_size: source.page_size ?? 10 };
}

function compileSource(
  { options, options_from }: SourceOf<typeof optionFields>,
  context: CompileContext,
): CompiledOptions['options'] {
  if (options_from !== undefined) {
    if (options !== undefined)
      context.report(
        '/options_from',
        'fields_conflict',
        'The question can have only one of "options" and "options_from"',
      );
    return { kind: 'from', path: context.readPath(parsePath(options_from), options_from, '/options_from') };
  }
  if (options === undefined)
    context.report('/options', 'required', '"options" is missing', 'Add "options" or "options_from".');
  const seen = new Set<JsonValue>();
  const list = (options ?? []).map((option, index): CompiledOption => {
    const [label, value] = typeof option === 'string' ? [option, null] : [option.label, option.value];
    if (seen.has(value ?? label))
      context.report(
        `/options/${index}`,
        'duplicate_option',
        `Another option has the value ${JSON.stringify(value ?? label)}`,
      );
    seen.add(value ?? label);
    return {
      label: context.template(label, typeof option === 'string' ? `/options/${index}` : `/options/${index}/label`),
      value,
    };
  });
  return { kind: 'list', list };
}
