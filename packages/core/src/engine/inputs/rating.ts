import { REJECTED, STALE, typedText, type InputBehavior, type InputButton } from './input-behavior.ts';
import { readNumber } from './read-number.ts';

const STAR = '⭐';
/** Numbers per row; more would be too narrow to tap. */
const STARS_PER_ROW = 5;

export const ratingBehavior: InputBehavior<'rating'> = {
  expects: ({ max }) => `Please choose a rating, or send a number from 1 to ${max}.`,
  read({ max }, event) {
    const text = typedText(event);
    if (text === null) return REJECTED;
    const stars = /^(?:⭐\ufe0f?)+$/u.test(text.trim()) ? text.split(STAR).length - 1 : null;
    if (stars !== null) return stars <= max ? { value: stars } : REJECTED;
    return readNumber({ min: 1, max }, true, text);
  },
  keyboard({ max, style }) {
    const numbers = Array.from({ length: max }, (_, index) => index + 1);
    if (style === 'stars')
      return {
        kind: 'inline',
        rows: numbers.map((number) => [{ text: STAR.repeat(number), detail: `r${number}` }]).reverse(),
      };
    const rows: InputButton[][] = [];
    for (let from = 0; from < max; from += STARS_PER_ROW) {
      rows.push(
        numbers.slice(from, from + STARS_PER_ROW).map((number) => ({ text: String(number), detail: `r${number}` })),
      );
    }
    return { kind: 'inline', rows };
  },
  press({ max, style }, detail) {
    const number = /^r\d{1,2}$/.test(detail) ? Number(detail.slice(1)) : 0;
    if (number < 1 || number > max) return STALE;
    return { kind: 'answer', value: number, label: style === 'stars' ? STAR.repeat(number) : String(number) };
  },
};
