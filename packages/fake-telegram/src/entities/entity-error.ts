/** A text is not valid in its parse mode. */
export class EntityError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'EntityError';
  }
}

/** Creates an error in Telegram's words. Its position is a UTF-8 byte offset. */
export function entityError(problem: string, source?: string, index?: number): EntityError {
  const place = source === undefined ? '' : ` at byte offset ${byteOffset(source, index ?? 0)}`;
  return new EntityError(`can't parse entities: ${problem}${place}`);
}

/** Returns the UTF-8 byte offset of the UTF-16 code unit `index`. */
export function byteOffset(source: string, index: number): number {
  return Buffer.byteLength(source.slice(0, index));
}
