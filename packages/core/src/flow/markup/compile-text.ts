import * as z from 'zod/mini';
import { labeled } from '../../model/index.ts';
import type { CompileContext } from '../compile-context.ts';
import { FLOW_LIMITS } from '../limits.ts';
import type { Template, TemplateScope } from '../template/template.ts';
import { MarkupError, type FormattedText, type ParseMode } from './formatted-text.ts';
import { VALUE_MARK } from './marked-text.ts';
import { parseMarkup } from './parse-markup.ts';

export const parseMode = labeled(z.optional(z.enum(['HTML', 'MarkdownV2'])), {
  title: 'Formatting',
  description:
    'Formatting of the text: `HTML` or `MarkdownV2`, as in Telegram. Default: plain text. ' +
    'Values of placeholders are never interpreted as formatting.',
});

/** A text that may be formatted. */
export interface CompiledText {
  readonly template: Template;
  /** Null: plain. */
  readonly parse_mode: ParseMode | null;
}

/** Compiles a text of a step; markup that cannot be read, as far as that can be seen, is a problem. */
export function compileText(
  source: string,
  key: string,
  mode: ParseMode | undefined,
  context: CompileContext,
  limit: number = FLOW_LIMITS.text,
): CompiledText {
  if (mode === undefined) return { template: context.template(source, key, { limit }), parse_mode: null };
  const template = context.template(source.replaceAll(VALUE_MARK, ''), key, { escape: 'mark', limit: Infinity });
  checkMarkup(template, key, mode, context, limit);
  return { template, parse_mode: mode };
}

/** Where values stand cannot change what is markup, so that it is read without any tells whether it can be read at all. */
function checkMarkup(template: Template, key: string, mode: ParseMode, context: CompileContext, limit: number): void {
  const sample = parsed(template, mode);
  if (sample instanceof MarkupError) {
    context.report(key, 'markup_invalid', `The ${mode} cannot be read: ${sample.message}`, hint(mode));
    return;
  }
  const length = Math.min(sample?.text.length ?? 0, template.literal_length);
  if (length > limit)
    context.report(key, 'text_too_long', `The text has ${length} characters; Telegram takes ${limit}`);
}

function parsed(template: Template, mode: ParseMode): FormattedText | MarkupError | null {
  try {
    return parseMarkup(template.constant ?? template.render(NO_VALUES), mode);
  } catch (error) {
    // A filter that refuses to work without a value says nothing about the markup.
    return error instanceof MarkupError ? error : null;
  }
}

const NO_VALUES: TemplateScope = { user: {}, bot: {}, message: {}, event: {}, variables: {} };

function hint(mode: ParseMode): string {
  return mode === 'HTML'
    ? 'In HTML, "<" and "&" are written "&lt;" and "&amp;".'
    : 'In MarkdownV2, _ * [ ] ( ) ~ ` > # + - = | { } . ! need a backslash before them.';
}
