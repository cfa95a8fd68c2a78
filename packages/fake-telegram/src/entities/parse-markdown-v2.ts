import type { MessageEntity } from '../telegram-objects.ts';
import { entityError } from './entity-error.ts';
import { customEmojiId, linkEntity } from './link-entity.ts';

/** An open formatting. */
interface Open {
  type: 'bold' | 'italic' | 'underline' | 'strikethrough' | 'spoiler' | 'code' | 'pre' | 'link' | 'emoji' | 'quote';
  /** Start in the text. */
  offset: number;
  /** Start in the source, for error messages. */
  index: number;
  language: string;
}

interface Reader {
  readonly source: string;
  index: number;
  text: string;
  readonly entities: MessageEntity[];
  readonly open: Open[];
}

const reserved = '_*[]()~`>#+-=|{}.!';

/** Parses MarkdownV2. A reserved character must be part of the formatting or escaped. */
export function parseMarkdownV2(source: string): { text: string; entities: MessageEntity[] } {
  const reader: Reader = { source, index: 0, text: '', entities: [], open: [] };
  while (reader.index < source.length) readNext(reader);
  if (reader.open.at(-1)?.type === 'quote') closeQuote(reader);
  const unclosed = reader.open.at(-1);
  if (unclosed) throw endNotFound(reader, unclosed);
  return { text: reader.text, entities: reader.entities };
}

function readNext(reader: Reader): void {
  const { source, index } = reader;
  const char = source[index] ?? '';
  const inner = reader.open.at(-1);
  const escaped = source.charCodeAt(index + 1);
  if (char === '\\' && escaped > 0 && escaped <= 126) {
    reader.text += source.charAt(index + 1);
    reader.index += 2;
  } else if (inner?.type === 'code' || inner?.type === 'pre') {
    readInsideCode(reader, inner);
  } else if (char === '\n') {
    readLineEnd(reader);
  } else if (!reserved.includes(char)) {
    reader.text += char;
    reader.index += 1;
  } else if (inner && closes(reader, inner)) {
    close(reader, inner);
  } else {
    begin(reader, char);
  }
}

const closingMarks: Record<Open['type'], string> = {
  bold: '*',
  italic: '_',
  underline: '__',
  strikethrough: '~',
  spoiler: '||',
  code: '`',
  pre: '```',
  link: ']',
  emoji: ']',
  quote: '\n',
};

/** `__` always means underline, never two italics. */
function closes({ source, index }: Reader, { type }: Open): boolean {
  if (type === 'quote') return false;
  if (type === 'italic' && source.startsWith('__', index)) return false;
  return source.startsWith(closingMarks[type], index);
}

function readInsideCode(reader: Reader, inner: Open): void {
  if (reader.source[reader.index] !== '`') {
    reader.text += reader.source.charAt(reader.index);
    reader.index += 1;
  } else if (closes(reader, inner)) {
    close(reader, inner);
  } else {
    throw charReserved('`');
  }
}

/** Closes a quotation at a line end, unless the next line begins with `>`. */
function readLineEnd(reader: Reader): void {
  const quoteContinues = reader.source[reader.index + 1] === '>';
  const inQuote = reader.open.some((entry) => entry.type === 'quote');
  const inner = reader.open.at(-1);
  if (inQuote && !quoteContinues) {
    if (inner?.type !== 'quote') throw endNotFound(reader, inner);
    closeQuote(reader);
  }
  reader.text += '\n';
  reader.index += quoteContinues ? 2 : 1;
  if (quoteContinues && !inQuote) push(reader, 'quote', reader.index - 1);
}

function begin(reader: Reader, char: string): void {
  const { source, index } = reader;
  const opening = openings.find(({ mark }) => source.startsWith(mark, index));
  if (foldsQuote(reader)) {
    reader.index += 2;
  } else if (opening) {
    reader.index += opening.mark.length;
    push(reader, opening.type, index);
    if (opening.type === 'pre') readLanguage(reader);
  } else if (char === '>' && index === 0) {
    reader.index += 1;
    push(reader, 'quote', index);
  } else {
    throw charReserved(char);
  }
}

/** `||` at the end of a quotation makes it expandable. Elsewhere it starts a spoiler. */
function foldsQuote({ source, index, open }: Reader): boolean {
  return open.at(-1)?.type === 'quote' && /^\|\|(?:$|\n(?!>))/.test(source.slice(index, index + 4));
}

/** Longer marks are first, so that they are found before their prefixes. */
const openings: readonly { mark: string; type: Open['type'] }[] = [
  { mark: '```', type: 'pre' },
  { mark: '__', type: 'underline' },
  { mark: '||', type: 'spoiler' },
  { mark: '![', type: 'emoji' },
  { mark: '_', type: 'italic' },
  { mark: '*', type: 'bold' },
  { mark: '~', type: 'strikethrough' },
  { mark: '`', type: 'code' },
  { mark: '[', type: 'link' },
];

function push(reader: Reader, type: Open['type'], index: number): void {
  reader.open.push({ type, offset: reader.text.length, index, language: '' });
}

/** Reads the rest of an opening fence: a word is the language, and one line end is skipped. */
function readLanguage(reader: Reader): void {
  const found = /^([^\s`]*)(\r\n|\n\r|\n|\r)?/.exec(reader.source.slice(reader.index));
  const [all = '', word = '', lineEnd] = found ?? [];
  const inner = reader.open.at(-1);
  if (!inner) return;
  if (word === '' || lineEnd !== undefined || reader.source[reader.index + word.length] === ' ') {
    inner.language = word;
    reader.index += all.length;
  }
}

function close(reader: Reader, inner: Open): void {
  reader.open.pop();
  reader.index += closingMarks[inner.type].length;
  const { offset } = inner;
  const length = reader.text.length - offset;
  if (inner.type === 'link') {
    const link = linkEntity(readUrl(reader, 'a URL') ?? reader.text.slice(offset), offset, length);
    if (link && length > 0) reader.entities.push(link);
  } else if (inner.type === 'emoji') {
    addEmoji(reader, readUrl(reader, 'a custom emoji URL'), offset, length);
  } else if (length > 0) {
    const language = inner.language === '' ? {} : { language: inner.language };
    reader.entities.push({ type: inner.type, offset, length, ...language });
  }
}

function addEmoji(reader: Reader, url: string | undefined, offset: number, length: number): void {
  if (url === undefined) throw entityError('Custom emoji entity must contain a tg://emoji URL');
  const time = /^tg:\/\/time\?unix=(\d+)(?:&format=(\w*))?$/.exec(url);
  if (time) {
    const format = time[2] ? { date_time_format: time[2] } : {};
    reader.entities.push({ type: 'date_time', offset, length, unix_time: Number(time[1]), ...format });
    return;
  }
  const id = customEmojiId(url);
  if (!id) throw entityError('Invalid custom emoji URL specified');
  if (length > 0) reader.entities.push({ type: 'custom_emoji', offset, length, custom_emoji_id: id });
}

/** Reads a URL in parentheses, in which `)` and `\` are escaped. Returns undefined if it is missing. */
function readUrl(reader: Reader, what: string): string | undefined {
  if (reader.source[reader.index] !== '(') return undefined;
  const start = reader.index + 1;
  const found = /^(?:\\[\s\S]|[^\\)])*(?=\))/.exec(reader.source.slice(start));
  if (!found) throw entityError(`Can't find end of ${what}`, reader.source, start);
  reader.index = start + found[0].length + 1;
  return found[0].replace(/\\([\s\S])/g, '$1');
}

/** Closes a quotation. If it ends with `||`, it is expandable. */
function closeQuote(reader: Reader): void {
  const quote = reader.open.pop();
  if (!quote || reader.text.length === quote.offset) return;
  const folded = reader.source.slice(0, reader.index).endsWith('||');
  const type = folded ? 'expandable_blockquote' : 'blockquote';
  reader.entities.push({ type, offset: quote.offset, length: reader.text.length - quote.offset });
}

const entityNames: Record<Open['type'], string> = {
  bold: 'Bold',
  italic: 'Italic',
  underline: 'Underline',
  strikethrough: 'Strikethrough',
  spoiler: 'Spoiler',
  code: 'Code',
  pre: 'Pre',
  link: 'TextUrl',
  emoji: 'CustomEmoji',
  quote: 'BlockQuote',
};

function endNotFound({ source }: Reader, inner: Open | undefined): Error {
  const type = inner?.language ? 'PreCode' : entityNames[inner?.type ?? 'quote'];
  return entityError(`Can't find end of ${type} entity`, source, inner?.index ?? 0);
}

function charReserved(char: string): Error {
  return entityError(`Character '${char}' is reserved and must be escaped with the preceding '\\'`);
}
