import { BotloomError } from '../errors/index.ts';

type CursorKind = 'number' | 'string';
type CursorValues<Kinds extends readonly CursorKind[]> = {
  -readonly [Index in keyof Kinds]: Kinds[Index] extends 'number' ? number : string;
};

/**
 * The place where the next page of a list begins, opaque to callers: the sort values of the last row.
 *
 * @example encodeCursor([1_790_000_000_000, 'f1c5…']) // 'WzE3OTAwMDAwMDAwMDAsImYxYzXigKYiXQ'
 */
export function encodeCursor(values: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url');
}

/**
 * Reads a cursor that `encodeCursor` made. Raises CURSOR_INVALID for anything else: it came over the network.
 *
 * @param kinds what the list's sort values are
 */
export function decodeCursor<const Kinds extends readonly CursorKind[]>(
  cursor: string,
  kinds: Kinds,
): CursorValues<Kinds> {
  const values = parse(cursor);
  if (
    !Array.isArray(values) ||
    values.length !== kinds.length ||
    !values.every((value, index) => isKind(value, kinds[index]))
  ) {
    throw new BotloomError('CURSOR_INVALID', 'The cursor is not one that this list gave; start again without it.');
  }
  // Length and kind of every value were checked just now.
  return values as CursorValues<Kinds>;
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    return null;
  }
}

function isKind(value: unknown, kind: CursorKind | undefined): boolean {
  return kind === 'number'
    ? Number.isSafeInteger(value)
    : typeof value === 'string' && value.length <= 256 && !value.includes('\0');
}
