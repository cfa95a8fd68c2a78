/** Distance from the limit, in UTF-16 units, within which a line or word break is searched. */
const MAX_LOOK_BACK_LENGTH = 512;

/**
 * Splits a text into parts of at most `limit` UTF-16 units, which make up the text when joined: after a line, else
 * after a word, else between graphemes, so that emoji and letters with marks stay whole.
 */
export function splitText(text: string, limit: number): string[] {
  if (text.length <= limit) return [text];
  const parts: string[] = [];
  const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  let start = 0;
  while (text.length - start > limit) {
    const end = start + findBreak(text.slice(start, start + limit + 1), limit, segmenter);
    parts.push(text.slice(start, end));
    start = end;
  }
  parts.push(text.slice(start));
  return parts;
}

/** `window` is one unit longer than what fits, so that a break exactly at the limit is found. */
function findBreak(window: string, limit: number, segmenter: Intl.Segmenter): number {
  const earliest = Math.max(1, limit - MAX_LOOK_BACK_LENGTH);
  const line = window.lastIndexOf('\n', limit - 1) + 1;
  if (line >= earliest) return line;
  const word = window.lastIndexOf(' ', limit - 1) + 1;
  if (word >= earliest) return word;
  // Segments are read from the start; the last one that begins within the limit is the place to cut.
  let border = 0;
  for (const { index } of segmenter.segment(window)) if (index <= limit) border = index;
  if (border > 0) return border;
  // A single grapheme is longer than a message: keep at least surrogate pairs whole.
  const last = window.charCodeAt(limit - 1);
  return last >= 0xd800 && last <= 0xdbff && limit > 1 ? limit - 1 : limit;
}
