/** Zeros of the digits that people type besides 0-9: Arabic-Indic, Persian, Devanagari, Bengali, full width. */
const ZEROS = [0x0660, 0x06f0, 0x0966, 0x09e6, 0xff10];

/**
 * Returns a text with digits and minus signs of other scripts as ASCII, trimmed, without the invisible marks that keep
 * right-to-left text in order.
 */
export function asciiDigits(text: string): string {
  return withoutMarks(text)
    .trim()
    .replace(/[^\0-\x7f]/g, (character) => {
      const code = character.charCodeAt(0);
      if (character === '−') return '-';
      const zero = ZEROS.find((first) => code >= first && code <= first + 9);
      return zero === undefined ? character : String(code - zero);
    });
}

/** Returns a text without the invisible marks that set its direction. */
export function withoutMarks(text: string): string {
  return text.replace(/[\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g, '');
}
