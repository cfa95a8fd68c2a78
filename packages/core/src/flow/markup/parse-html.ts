import { MarkupError, type FormattedText } from './formatted-text.ts';
import type { MarkedText } from './marked-text.ts';
import { TextBuilder } from './text-builder.ts';

interface OpenTag {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly offset: number;
  readonly index: number;
}

/** Reads Telegram's HTML. Throws MarkupError. */
export function parseHtml(marked: MarkedText): FormattedText {
  const { source } = marked;
  const builder = new TextBuilder(marked);
  const open: OpenTag[] = [];
  TOKEN.lastIndex = 0;
  let index = 0;
  while (index < source.length) {
    TOKEN.lastIndex = index;
    const [token = '', text, character, end, start, attributes = ''] = TOKEN.exec(source) ?? [];
    if (token === '') throw new MarkupError('"<" begins no tag; write "&lt;"', index);
    if (text !== undefined) builder.add(text);
    else if (character !== undefined) builder.add(decode(character));
    else if (end !== undefined) close(builder, open.pop(), end.toLowerCase(), index);
    else if (start !== undefined) open.push(openTag(builder, start.toLowerCase(), attributes, index));
    index += token.length;
  }
  const unclosed = open.at(-1);
  if (unclosed !== undefined) throw new MarkupError(`<${unclosed.name}> is not closed`, unclosed.index);
  return builder.finish();
}

/** Text, a character reference (or an `&` alone), an end tag, a start tag. */
const TOKEN =
  /([^<&]+)|(&(?:#\d{1,7};|#[xX][0-9a-fA-F]{1,6};|(?:lt|gt|amp|quot);)?)|<\/([a-zA-Z][a-zA-Z-]*)\s*>|<([a-zA-Z][a-zA-Z-]*)((?:\s+[a-zA-Z-]+(?:\s*=\s*(?:"[^"]*"|'[^']*'))?)*)\s*>/y;
const ATTRIBUTE = /([a-zA-Z-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'))?/g;

const SIMPLE_TAGS: ReadonlyMap<string, string> = new Map([
  ['b', 'bold'],
  ['strong', 'bold'],
  ['i', 'italic'],
  ['em', 'italic'],
  ['u', 'underline'],
  ['ins', 'underline'],
  ['s', 'strikethrough'],
  ['strike', 'strikethrough'],
  ['del', 'strikethrough'],
  ['span', 'spoiler'],
  ['tg-spoiler', 'spoiler'],
]);
const OTHER_TAGS: ReadonlySet<string> = new Set(['a', 'pre', 'code', 'blockquote', 'tg-emoji']);

function openTag(builder: TextBuilder, name: string, source: string, index: number): OpenTag {
  if (!SIMPLE_TAGS.has(name) && !OTHER_TAGS.has(name)) throw new MarkupError(`Telegram knows no tag <${name}>`, index);
  const attributes = new Map(
    [...source.matchAll(ATTRIBUTE)].map(([, key = '', double, single]) => {
      const value = (double ?? single ?? '').replaceAll(
        /&(?:#\d{1,7};|#[xX][0-9a-fA-F]{1,6};|(?:lt|gt|amp|quot);)/g,
        decode,
      );
      const isAddress = key.toLowerCase() === 'href';
      return [key.toLowerCase(), isAddress ? builder.expandUrl(value) : builder.expand(value)] as const;
    }),
  );
  if (name === 'span' && attributes.get('class') !== 'tg-spoiler')
    throw new MarkupError('<span> must have class="tg-spoiler"', index);
  return { name, attributes, offset: builder.text.length, index };
}

function close(builder: TextBuilder, tag: OpenTag | undefined, name: string, index: number): void {
  if (tag === undefined) throw new MarkupError(`</${name}> closes no tag`, index);
  if (tag.name !== name) throw new MarkupError(`</${name}> stands where </${tag.name}> is expected`, index);
  const { attributes, offset } = tag;
  const simple = SIMPLE_TAGS.get(name);
  if (simple !== undefined) builder.format(simple, offset);
  else if (name === 'a') builder.link(addressOf(attributes) ?? builder.text.slice(offset), offset);
  else if (name === 'blockquote')
    builder.format(attributes.has('expandable') ? 'expandable_blockquote' : 'blockquote', offset);
  else if (name === 'tg-emoji') emoji(builder, attributes.get('emoji-id') ?? '', tag);
  else if (name === 'code') {
    const language = attributes.get('class')?.replace(/^language-/, '') ?? '';
    builder.format('code', offset, language === '' ? {} : { language });
  } else if (!builder.mergeIntoPre(offset)) builder.format('pre', offset);
}

function addressOf(attributes: OpenTag['attributes']): string | undefined {
  const address = attributes.get('href');
  return address === '' ? undefined : address;
}

function emoji(builder: TextBuilder, id: string, { offset, index }: OpenTag): void {
  if (!/^[1-9]\d*$/.test(id)) throw new MarkupError('<tg-emoji> has no valid emoji-id', index);
  builder.format('custom_emoji', offset, { custom_emoji_id: id });
}

function decode(reference: string): string {
  const [, decimal, hexadecimal, name] = /^&(?:#(\d+)|#[xX]([0-9a-fA-F]+)|([a-z]+));$/.exec(reference) ?? [];
  if (name !== undefined) return NAMED.get(name) ?? reference;
  const code = decimal === undefined ? Number.parseInt(hexadecimal ?? '0', 16) : Number(decimal);
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : reference;
}

const NAMED: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
]);
