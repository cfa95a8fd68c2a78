import { withoutMarks } from './ascii-digits.ts';

/** Whether what was typed is a label, whatever its case and however its accents are written. */
export function isSameLabel(typed: string, label: string): boolean {
  return plain(typed) === plain(label);
}

/** A text as it is compared with others. */
export function plain(text: string): string {
  return withoutMarks(text).normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();
}
