import { KEYWORDS } from '../template/names.ts';

const NAME = String.raw`[\p{L}_](?:[\p{L}\p{M}\p{N}_-]*[\p{L}\p{M}\p{N}_])?`;
const SEGMENT = String.raw`(?:${NAME}|\d{1,4})`;
const PATH_PATTERN = new RegExp(String.raw`^${NAME}(?:\.${SEGMENT})*$`, 'u');
const PLACEHOLDER_PATTERN = new RegExp(String.raw`^\{\{[ \t\n]*(${NAME}(?:\.${NAME})*)[ \t\n]*\}\}$`, 'u');

/** The path of a text that is nothing but one place (`{{ order.items }}`); null for any other. */
export function placeholderPath(source: string): readonly string[] | null {
  const [, path] = PLACEHOLDER_PATTERN.exec(source) ?? [];
  const segments = path?.split('.') ?? [];
  return segments.length === 0 || KEYWORDS.has(segments[0] ?? '') ? null : segments;
}

/** The segments of a path such as `order.items.0`; null when it is none. */
export function parsePath(source: string): readonly string[] | null {
  return PATH_PATTERN.test(source) ? source.split('.') : null;
}
