import { BotloomError } from '../errors/index.ts';

export const INVALID_CURSOR_MESSAGE =
  'The cursor does not belong to this list. Request the first page without a cursor.';

type CursorKind = 'number' | 'string';
type CursorValues<Kinds extends readonly CursorKind[]> = {
  -readonly [Index in keyof Kinds]: Kinds[Index] extends 'number' ? number : string;
};

/**
 * Returns the cursor of the next page: the sort values of the last row, as an opaque string.
 *
 * @example encodeCursor([1_790_000_000_000, 'f1c5…']) // 'WzE3OTAwMDAwMDAwMDAsImYxYzXigKYiXQ'
 */
export function encodeCursor(values: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url');
}

/**
 * Reads a cursor that `encodeCursor` has created. Validates it, because it arrived over the network.
 *
 * @param kinds - types of the sort values of the list
 * @throws CURSOR_INVALID - when it is not a cursor of this list
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
    throw new BotloomError('CURSOR_INVALID', INVALID_CURSOR_MESSAGE);
  }
  // Length and types were checked above.
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
