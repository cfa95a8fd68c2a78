import type { MessageEntity } from '../telegram-objects.ts';
import { element } from './elements.ts';

type OnCommand = (command: string) => void;

/**
 * Builds the nodes of a text with entities. Offsets are UTF-16 code units, like those of JavaScript strings.
 *
 * @param onCommand - called when the person clicks a command in the text
 */
export function formattedText(
  text: string,
  entities: readonly MessageEntity[],
  onCommand: OnCommand,
): (Node | string)[] {
  const sorted = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return build(text, sorted, 0, text.length, onCommand);
}

function build(
  text: string,
  entities: readonly MessageEntity[],
  start: number,
  end: number,
  onCommand: OnCommand,
): (Node | string)[] {
  const nodes: (Node | string)[] = [];
  let position = start;
  for (const [index, entity] of entities.entries()) {
    if (entity.offset >= end) break;
    if (entity.offset < position) continue;
    const entityEnd = Math.min(entity.offset + entity.length, end);
    if (entity.offset > position) nodes.push(text.slice(position, entity.offset));
    const inner = entities.slice(index + 1).filter((other) => other.offset < entityEnd);
    const children = build(text, inner, entity.offset, entityEnd, onCommand);
    nodes.push(wrap(entity, text.slice(entity.offset, entityEnd), children, onCommand));
    position = entityEnd;
  }
  if (position < end) nodes.push(text.slice(position, end));
  return nodes;
}

const tags: Readonly<Record<string, keyof HTMLElementTagNameMap | undefined>> = {
  bold: 'strong',
  italic: 'em',
  underline: 'u',
  strikethrough: 's',
  code: 'code',
  pre: 'pre',
  blockquote: 'blockquote',
  expandable_blockquote: 'blockquote',
};

function wrap(entity: MessageEntity, content: string, children: (Node | string)[], onCommand: OnCommand): Node {
  const tag = tags[entity.type];
  if (tag) return element(tag, {}, ...children);
  const address = linkAddress(entity, content);
  if (address) {
    return element('a', { href: address, target: '_blank', rel: 'noopener noreferrer' }, ...children);
  }
  if (entity.type === 'bot_command') {
    const button = element('button', { type: 'button', class: 'command' }, ...children);
    button.addEventListener('click', () => onCommand(content));
    return button;
  }
  if (entity.type === 'spoiler') {
    const spoiler = element('button', { type: 'button', class: 'spoiler', 'aria-expanded': 'false' }, ...children);
    spoiler.addEventListener('click', () => spoiler.setAttribute('aria-expanded', 'true'));
    return spoiler;
  }
  return element('span', {}, ...children);
}

/** Returns the address of a link that opens a page or an email. `javascript:` and similar schemes stay plain text. */
function linkAddress(entity: MessageEntity, content: string): string | undefined {
  if (entity.type === 'email') return `mailto:${content}`;
  if (entity.type !== 'url' && entity.type !== 'text_link') return undefined;
  return safeUrl(entity.url ?? (/^https?:/i.test(content) ? content : `https://${content}`));
}

/** Returns a URL if its scheme is safe to open. */
export function safeUrl(url: unknown): string | undefined {
  if (typeof url !== 'string' || !URL.canParse(url)) return undefined;
  const parsed = new URL(url);
  return ['http:', 'https:', 'mailto:', 'tg:'].includes(parsed.protocol) ? parsed.href : undefined;
}
