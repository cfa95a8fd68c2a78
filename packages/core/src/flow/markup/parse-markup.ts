import type { FormattedText, ParseMode } from './formatted-text.ts';
import { readMarked, type MarkedText } from './marked-text.ts';
import { parseHtml } from './parse-html.ts';
import { parseMarkdownV2 } from './parse-markdown-v2.ts';

/**
 * Reads what a template with `escape: 'mark'` rendered to.
 *
 * @throws MarkupError
 * @example
 * parseMarkup('<b>\0a < b\0</b>', 'HTML'); // { text: 'a < b', entities: [{ type: 'bold', offset: 0, length: 5 }] }
 */
export function parseMarkup(rendered: string, mode: ParseMode): FormattedText {
  return PARSERS[mode](readMarked(rendered));
}

const PARSERS: { readonly [Mode in ParseMode]: (marked: MarkedText) => FormattedText } = {
  HTML: parseHtml,
  MarkdownV2: parseMarkdownV2,
};
