/**
 * The characters that have a property, by JavaScript's own tables. The build puts it in the place of re2js's, which are a third of that
 * package (docs/decisions/0011-small-browser-bundle.md).
 *
 * @param characters - one character of a JavaScript pattern with the flag `u`: `\p{L}`
 * @param flags - `i`: with their equals in case
 * @returns pairs of the first and the last code point of each run, ascending
 * @throws SyntaxError when this JavaScript does not know the property
 */
export function unicodeRanges(characters: string, flags = ''): number[] {
  const run = new RegExp(`${characters}+`, `gu${flags}`);
  const ranges: number[] = [];
  const add = (from: number, to: number): void => {
    if (ranges.at(-1) === from - 1) ranges[ranges.length - 1] = to;
    else ranges.push(from, to);
  };
  for (let start = 0; start < CODE_POINTS; start += CHUNK) {
    if (start === SURROGATES) {
      // Side by side they would be read as pairs; Unicode says the same of all of them.
      if (new RegExp(characters, 'u').test('\ud800')) add(start, start + CHUNK - 1);
      continue;
    }
    const text = String.fromCodePoint(...Array.from({ length: CHUNK }, (_, offset) => start + offset));
    const width = text.length / CHUNK;
    for (const { 0: found, index } of text.matchAll(run))
      add(start + index / width, start + (index + found.length) / width - 1);
  }
  return ranges;
}

const CODE_POINTS = 0x110000;
/** As many as there are surrogates, which begin at a multiple of it. */
const CHUNK = 2048;
const SURROGATES = 0xd800;
