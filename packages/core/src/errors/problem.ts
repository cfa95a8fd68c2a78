/** One thing that is wrong with a piece of data, and where. */
export interface Problem {
  /** Where, as a JSON pointer: `/steps/2/text`. Empty for the whole. */
  readonly path: string;
  /** Stable and machine readable: `text_too_long`. */
  readonly code: string;
  /** What is wrong, for the person who wrote the data. */
  readonly message: string;
  /** What to do about it, where that is known. */
  readonly hint?: string | undefined;
}
