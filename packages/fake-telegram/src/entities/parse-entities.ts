import type { MessageEntity } from '../telegram-objects.ts';
import { EntityError } from './entity-error.ts';
import { parseHtml } from './parse-html.ts';
import { parseMarkdownV2 } from './parse-markdown-v2.ts';
import { parseMarkdown } from './parse-markdown.ts';

export { EntityError };

/**
 * Parses a text in one of Telegram's three parse modes.
 *
 * @param parseMode - `HTML`, `MarkdownV2` or `Markdown`, in any case
 * @throws EntityError with Telegram's words, such as "can't parse entities: Unexpected end tag at byte offset 4"
 * @example
 * ```ts
 * import { parseEntities } from '@botloom/fake-telegram';
 *
 * parseEntities('<b>Hi</b> Ann', 'HTML'); // { text: 'Hi Ann', entities: [{ type: 'bold', offset: 0, length: 2 }] }
 * ```
 */
export function parseEntities(source: string, parseMode: string): { text: string; entities: MessageEntity[] } {
  const parse = parsers[parseMode.toLowerCase()];
  if (!parse) throw new EntityError('unsupported parse_mode');
  const { text, entities } = parse(source);
  return { text, entities: entities.sort((a, b) => a.offset - b.offset || b.length - a.length) };
}

const parsers: Record<string, typeof parseHtml | undefined> = {
  html: parseHtml,
  markdownv2: parseMarkdownV2,
  markdown: parseMarkdown,
};
