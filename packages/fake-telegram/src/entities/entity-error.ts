/** A text that does not fit its parse mode. */
export class EntityError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'EntityError';
  }
}

/** Says what is wrong and where, counted in bytes of UTF-8 as Telegram does. */
export function entityError(problem: string, source?: string, index?: number): EntityError {
  const place = source === undefined ? '' : ` at byte offset ${byteOffset(source, index ?? 0)}`;
  return new EntityError(`can't parse entities: ${problem}${place}`);
}

/** The UTF-8 byte at which the UTF-16 code unit `index` begins. */
export function byteOffset(source: string, index: number): number {
  return Buffer.byteLength(source.slice(0, index));
}
