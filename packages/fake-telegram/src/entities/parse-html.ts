import type { MessageEntity } from '../telegram-objects.ts';
import { entityError } from './entity-error.ts';
import { customEmojiId, linkEntity } from './link-entity.ts';

interface OpenTag {
  name: string;
  attributes: Map<string, string>;
  offset: number;
}

/** Parses Telegram's HTML: a few tags, four named character references, and every tag must be closed. */
export function parseHtml(source: string): { text: string; entities: MessageEntity[] } {
  const entities: MessageEntity[] = [];
  const open: OpenTag[] = [];
  let text = '';
  let index = 0;
  while (index < source.length) {
    const char = source[index] ?? '';
    if (char === '&') {
      const decoded = decodeCharacter(source, index);
      text += decoded.text;
      index = decoded.end;
    } else if (char !== '<') {
      text += char;
      index += 1;
    } else if (source[index + 1] === '/') {
      const end = readEndTag(source, index, open.at(-1));
      const tag = open.pop();
      if (tag && text.length > tag.offset) closeTag(tag, text, entities);
      index = end;
    } else {
      const tag = readStartTag(source, index);
      open.push({ name: tag.name, attributes: tag.attributes, offset: text.length });
      index = tag.end;
    }
  }
  const unclosed = open.at(-1);
  if (unclosed) throw entityError(`Can't find end tag corresponding to start tag "${unclosed.name}"`);
  return { text, entities: entities.map(forgetLanguage) };
}

/** Removes the language from all entities but `pre`. */
function forgetLanguage(entity: MessageEntity): MessageEntity {
  if (entity.type !== 'code') return entity;
  return { type: 'code', offset: entity.offset, length: entity.length };
}

const simpleTags: Record<string, string | undefined> = {
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  u: 'underline',
  ins: 'underline',
  s: 'strikethrough',
  strike: 'strikethrough',
  del: 'strikethrough',
  span: 'spoiler',
  'tg-spoiler': 'spoiler',
};

const otherTags = new Set(['a', 'pre', 'code', 'blockquote', 'tg-emoji', 'tg-time']);

function closeTag({ name, attributes, offset }: OpenTag, text: string, entities: MessageEntity[]): void {
  const length = text.length - offset;
  const same = entities.findIndex((entity) => entity.offset === offset && entity.length === length);
  const inner = entities[same];
  const language = attributes.get('class')?.replace(/^language-/, '');
  const simple = simpleTags[name];
  const href = attributes.get('href') ?? '';
  if (simple) {
    entities.push({ type: simple, offset, length });
  } else if (name === 'a') {
    const link = linkEntity(href === '' ? text.slice(offset) : href, offset, length);
    if (link) entities.push(link);
  } else if (name === 'pre' && inner?.type === 'code') {
    // `<pre><code class="language-x">` is one entity. Until here, the language was stored in the code entity.
    entities[same] = { ...inner, type: 'pre' };
  } else if (name === 'code' && language) {
    entities.push({ type: 'code', offset, length, language });
  } else if (name === 'blockquote') {
    entities.push({ type: attributes.has('expandable') ? 'expandable_blockquote' : 'blockquote', offset, length });
  } else if (name === 'tg-emoji') {
    const id = customEmojiId(`tg://emoji?id=${attributes.get('emoji-id') ?? ''}`);
    if (!id) throw entityError('Invalid custom emoji identifier specified');
    entities.push({ type: 'custom_emoji', offset, length, custom_emoji_id: id });
  } else if (name === 'tg-time') {
    entities.push(timeEntity(attributes, offset, length));
  } else {
    entities.push({ type: name, offset, length });
  }
}

function timeEntity(attributes: Map<string, string>, offset: number, length: number): MessageEntity {
  const format = attributes.get('format');
  const entity = { type: 'date_time', offset, length, unix_time: Number(attributes.get('unix') ?? 0) };
  return format === undefined ? entity : { ...entity, date_time_format: format };
}

function readStartTag(source: string, start: number): { name: string; attributes: Map<string, string>; end: number } {
  const name = /^[^\s>]*/.exec(source.slice(start + 1))?.[0].toLowerCase() ?? '';
  let index = start + 1 + name.length;
  if (index >= source.length) throw entityError('Unclosed start tag', source, start);
  if (!simpleTags[name] && !otherTags.has(name)) throw entityError(`Unsupported start tag "${name}"`, source, start);
  const attributes = new Map<string, string>();
  for (;;) {
    index += /^\s*/.exec(source.slice(index))?.[0].length ?? 0;
    if (index >= source.length) throw entityError('Unclosed start tag', source, start);
    if (source[index] === '>') break;
    const attribute = readAttribute(source, index, name, start);
    attributes.set(attribute.name, attribute.value);
    index = attribute.end;
  }
  if (name === 'span' && attributes.get('class') !== 'tg-spoiler') {
    throw entityError('Tag "span" must have class "tg-spoiler"', source, start);
  }
  return { name, attributes, end: index + 1 };
}

function readAttribute(
  source: string,
  index: number,
  tag: string,
  tagStart: number,
): { name: string; value: string; end: number } {
  const rest = source.slice(index);
  const name = /^[^\s=>]*/.exec(rest)?.[0] ?? '';
  if (name === '') throw entityError(`Empty attribute name in the tag "${tag}"`, source, tagStart);
  const found = /^\s*=\s*(?:"([^"]*)"|'([^']*)'|([A-Za-z0-9.-]*)(?=[\s>]))/.exec(rest.slice(name.length));
  if (found) {
    const value = found[1] ?? found[2] ?? found[3]?.toLowerCase() ?? '';
    return { name: name.toLowerCase(), value: decodeAll(value), end: index + name.length + found[0].length };
  }
  if (name.toLowerCase() === 'expandable') return { name: 'expandable', value: '', end: index + name.length };
  if (!/^\s*=/.test(rest.slice(name.length))) {
    throw entityError(`Expected equal sign in declaration of an attribute of the tag "${tag}"`, source, tagStart);
  }
  throw entityError('Unclosed start tag', source, tagStart);
}

function readEndTag(source: string, start: number, open: OpenTag | undefined): number {
  if (!open) throw entityError('Unexpected end tag', source, start);
  const found = /^<\/([^\s>]*)\s*>/.exec(source.slice(start));
  if (!found) throw entityError('Unclosed end tag', source, start);
  const name = found[1]?.toLowerCase() ?? '';
  if (name !== '' && name !== open.name) {
    const place = entityError('Unmatched end tag', source, start).message.replace("can't parse entities: ", '');
    throw entityError(`${place}, expected "</${open.name}>", found "</${name}>"`);
  }
  return start + found[0].length;
}

const named: Record<string, string | undefined> = { lt: '<', gt: '>', amp: '&', quot: '"' };

function characterCode(decimal: string | undefined, hexadecimal: string | undefined): number | undefined {
  if (decimal) return Number(decimal);
  return hexadecimal ? Number.parseInt(hexadecimal, 16) : undefined;
}

/** Decodes a character reference. An `&` that does not start a known one is a plain character. */
function decodeCharacter(source: string, start: number): { text: string; end: number } {
  const found = /^&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-z]+));?/.exec(source.slice(start, start + 12));
  const code = characterCode(found?.[1], found?.[2]);
  const decoded =
    code !== undefined && code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : named[found?.[3] ?? ''];
  return found && decoded !== undefined
    ? { text: decoded, end: start + found[0].length }
    : { text: '&', end: start + 1 };
}

function decodeAll(text: string): string {
  let result = '';
  for (let index = 0; index < text.length;) {
    const next = text[index] === '&' ? decodeCharacter(text, index) : { text: text[index] ?? '', end: index + 1 };
    result += next.text;
    index = next.end;
  }
  return result;
}
