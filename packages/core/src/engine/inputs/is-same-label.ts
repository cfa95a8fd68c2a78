import { withoutMarks } from './ascii-digits.ts';

/** True if the typed text is this label, whatever its case and the encoding of accents. */
export function isSameLabel(typed: string, label: string): boolean {
  return normalizeLabel(typed) === normalizeLabel(label);
}

/** Returns a text in the form in which texts are compared. */
export function normalizeLabel(text: string): string {
  return withoutMarks(text).normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();
}
