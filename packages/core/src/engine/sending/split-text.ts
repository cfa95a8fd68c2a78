/** How far back from the limit a line or word border is looked for. */
const LOOK_BACK = 512;

/**
 * Parts of at most `limit` UTF-16 units that make up the text when joined: split after a line, else after a word, else between
 * graphemes, so that no emoji and no letter with its marks is torn.
 */
export function splitText(text: string, limit: number): string[] {
  if (text.length <= limit) return [text];
  const parts: string[] = [];
  const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  let start = 0;
  while (text.length - start > limit) {
    const end = start + borderWithin(text.slice(start, start + limit + 1), limit, segmenter);
    parts.push(text.slice(start, end));
    start = end;
  }
  parts.push(text.slice(start));
  return parts;
}

/** `window` is what fits and one unit more, so that a border just at the limit is seen. */
function borderWithin(window: string, limit: number, segmenter: Intl.Segmenter): number {
  const earliest = Math.max(1, limit - LOOK_BACK);
  const line = window.lastIndexOf('\n', limit - 1) + 1;
  if (line >= earliest) return line;
  const word = window.lastIndexOf(' ', limit - 1) + 1;
  if (word >= earliest) return word;
  // Segments are found from the front; the last that begins within the limit is where to cut.
  let border = 0;
  for (const { index } of segmenter.segment(window)) if (index <= limit) border = index;
  if (border > 0) return border;
  // One grapheme longer than a message: keep surrogate pairs at least.
  const last = window.charCodeAt(limit - 1);
  return last >= 0xd800 && last <= 0xdbff && limit > 1 ? limit - 1 : limit;
}
