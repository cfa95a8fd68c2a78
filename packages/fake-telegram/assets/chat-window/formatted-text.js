// @ts-check
import { element } from './elements.js';

/** @typedef {{ type: string, offset: number, length: number, url?: string }} Entity */

/**
 * Builds the nodes of a text with entities. Offsets count UTF-16 code units, as JavaScript does.
 *
 * @param {string} text
 * @param {readonly Entity[]} entities
 * @param {(command: string) => void} onCommand
 * @returns {(Node | string)[]}
 */
export function formattedText(text, entities, onCommand) {
  const sorted = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return build(text, sorted, 0, text.length, onCommand);
}

/**
 * @param {string} text
 * @param {Entity[]} entities
 * @param {number} start
 * @param {number} end
 * @param {(command: string) => void} onCommand
 * @returns {(Node | string)[]}
 */
function build(text, entities, start, end, onCommand) {
  const nodes = [];
  let position = start;
  let index = 0;
  while (index < entities.length) {
    const entity = entities[index];
    if (!entity || entity.offset >= end) break;
    index += 1;
    if (entity.offset < position) continue;
    const entityEnd = Math.min(entity.offset + entity.length, end);
    if (entity.offset > position) nodes.push(text.slice(position, entity.offset));
    const inner = entities.slice(index).filter((other) => other.offset < entityEnd);
    const children = build(text, inner, entity.offset, entityEnd, onCommand);
    nodes.push(wrap(entity, text.slice(entity.offset, entityEnd), children, onCommand));
    position = entityEnd;
  }
  if (position < end) nodes.push(text.slice(position, end));
  return nodes;
}

/** @type {Record<string, keyof HTMLElementTagNameMap | undefined>} */
const tags = {
  bold: 'strong',
  italic: 'em',
  underline: 'u',
  strikethrough: 's',
  code: 'code',
  pre: 'pre',
  blockquote: 'blockquote',
  expandable_blockquote: 'blockquote',
};

/**
 * @param {Entity} entity
 * @param {string} content
 * @param {(Node | string)[]} children
 * @param {(command: string) => void} onCommand
 * @returns {Node}
 */
function wrap(entity, content, children, onCommand) {
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

/**
 * Only what opens a page or a mail; `javascript:` and its like stay plain text.
 *
 * @param {Entity} entity
 * @param {string} content
 */
function linkAddress(entity, content) {
  if (entity.type === 'email') return `mailto:${content}`;
  if (entity.type !== 'url' && entity.type !== 'text_link') return undefined;
  return safeUrl(entity.url ?? (/^https?:/i.test(content) ? content : `https://${content}`));
}

/**
 * @param {unknown} url
 * @returns {string | undefined}
 */
export function safeUrl(url) {
  if (typeof url !== 'string' || !URL.canParse(url)) return undefined;
  const parsed = new URL(url);
  return ['http:', 'https:', 'mailto:', 'tg:'].includes(parsed.protocol) ? parsed.href : undefined;
}
