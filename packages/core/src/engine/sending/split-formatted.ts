import type { FormattedText } from '../../flow/index.ts';
import { splitText } from './split-text.ts';

/**
 * Splits a text into parts of at most `limit` UTF-16 units, none of them blank, each with its part of the formatting.
 */
export function splitFormatted(formatted: FormattedText, limit: number): FormattedText[] {
  if (formatted.text.length <= limit) return formatted.text.trim() === '' ? [] : [formatted];
  let end = 0;
  return splitText(formatted.text, limit)
    .map((part) => {
      end += part.length;
      return sliceFormatted(formatted, end - part.length, end);
    })
    .filter(({ text }) => text.trim() !== '');
}

/** Returns the part of a text between two positions. */
export function sliceFormatted({ text, entities }: FormattedText, start: number, end = text.length): FormattedText {
  return {
    text: text.slice(start, end),
    entities: entities.flatMap((entity) => {
      const from = Math.max(entity.offset, start);
      const to = Math.min(entity.offset + entity.length, end);
      return from < to ? [{ ...entity, offset: from - start, length: to - from }] : [];
    }),
  };
}
