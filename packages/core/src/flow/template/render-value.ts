import { VALUE_MARK } from '../markup/marked-text.ts';
import type { Escape } from './template.ts';

/** A value as it appears in a text. Nothing is rendered a second time: `{{` in a value stays as it is. */
export function renderValue(value: unknown, escape: Escape): string {
  const text = asText(value);
  switch (escape) {
    case 'none':
      return text;
    case 'url':
      return encodeURIComponent(text.toWellFormed());
    case 'mark':
      return `${VALUE_MARK}${text.replaceAll(VALUE_MARK, '')}${VALUE_MARK}`;
  }
}

function asText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return value.map(asText).join(', ');
  // Liquid's own objects (`empty`, `blank`) have a prototype and no text.
  if (typeof value === 'object' && value !== null && isPlain(value)) return JSON.stringify(value);
  return '';
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}
