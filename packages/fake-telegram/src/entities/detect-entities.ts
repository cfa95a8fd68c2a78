import type { MessageEntity } from '../telegram-objects.ts';

/** Adds the entities that Telegram detects automatically, except those inside code or links. */
export function detectEntities(text: string, given: readonly MessageEntity[]): MessageEntity[] {
  const closed = given.filter((entity) => nonNestableTypes.has(entity.type));
  const found: MessageEntity[] = [];
  for (const { type, pattern } of patterns) {
    for (const match of text.matchAll(pattern)) {
      const entity = { type, offset: match.index, length: match[0].length };
      if (![...closed, ...found].some((other) => overlaps(entity, other))) found.push(entity);
    }
  }
  return [...given, ...found].sort((a, b) => a.offset - b.offset || b.length - a.length);
}

const nonNestableTypes = new Set(['code', 'pre', 'text_link', 'text_mention']);

/** In the order of precedence. */
const patterns: readonly { type: string; pattern: RegExp }[] = [
  { type: 'url', pattern: /\bhttps?:\/\/[^\s<>"'`]*[^\s<>"'`.,;:!?)\]}]/gi },
  { type: 'email', pattern: /\b[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}\b/gi },
  { type: 'bot_command', pattern: /(?<![\w/<>])\/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/])/g },
  { type: 'mention', pattern: /(?<![\w@])@[A-Za-z][A-Za-z0-9_]{2,31}(?!\w)/g },
  { type: 'hashtag', pattern: /(?<![\p{L}\p{N}_#])#[\p{L}\p{N}_]*\p{L}[\p{L}\p{N}_]*/gu },
  {
    type: 'url',
    pattern: /\b(?:[a-z0-9-]+\.)+(?:com|org|net|io|dev|me|app|info|ru)\b(?:\/[^\s<>"'`]*[^\s<>"'`.,;:!?)\]}])?/gi,
  },
];

function overlaps(a: MessageEntity, b: MessageEntity): boolean {
  return a.offset < b.offset + b.length && b.offset < a.offset + a.length;
}
