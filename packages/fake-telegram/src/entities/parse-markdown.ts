import type { MessageEntity } from '../telegram-objects.ts';
import { entityError } from './entity-error.ts';
import { linkEntity } from './link-entity.ts';

/** Parses the old Markdown mode: bold, italic, code, pre and links, without nesting. */
export function parseMarkdown(source: string): { text: string; entities: MessageEntity[] } {
  const entities: MessageEntity[] = [];
  let text = '';
  let index = 0;
  while (index < source.length) {
    const char = source[index] ?? '';
    if (char === '\\' && '_*`['.includes(source[index + 1] ?? ' ')) {
      text += source.charAt(index + 1);
      index += 2;
      continue;
    }
    if (!'_*`['.includes(char)) {
      text += char;
      index += 1;
      continue;
    }
    const span = readSpan(source, index);
    const offset = text.length;
    text += span.text;
    index = span.end;
    if (span.text !== '') entities.push(...toEntity(span, offset));
  }
  return { text, entities };
}

interface Span {
  mark: string;
  text: string;
  language: string;
  url: string;
  end: number;
}

const entityTypes: Record<string, string | undefined> = { '*': 'bold', _: 'italic', '`': 'code', '```': 'pre' };

function readSpan(source: string, start: number): Span {
  const mark = source.startsWith('```', start) ? '```' : (source[start] ?? '');
  const begin = start + mark.length;
  const close = source.indexOf(mark === '[' ? ']' : mark, begin);
  if (close < 0) {
    throw entityError("Can't find end of the entity starting", source, start);
  }
  const content = source.slice(begin, close);
  const end = close + (mark === '```' ? 3 : 1);
  if (mark === '[') return readLink(source, content, end);
  const fenced = mark === '```' ? /^([^\s`]*)\n([\s\S]*)$/.exec(content) : null;
  return { mark, text: fenced?.[2] ?? content, language: fenced?.[1] ?? '', url: '', end };
}

/** Reads a link. Brackets without a URL after them are plain text. */
function readLink(source: string, content: string, end: number): Span {
  const url = /^\(([^)]*)\)/.exec(source.slice(end));
  if (!url) return { mark: '', text: content, language: '', url: '', end };
  return { mark: '[', text: content, language: '', url: url[1] ?? '', end: end + url[0].length };
}

function toEntity(span: Span, offset: number): MessageEntity[] {
  const length = span.text.length;
  const link = span.mark === '[' ? linkEntity(span.url, offset, length) : undefined;
  if (link) return [link];
  const type = entityTypes[span.mark];
  if (!type) return [];
  return [{ type, offset, length, ...(span.language === '' ? {} : { language: span.language }) }];
}
