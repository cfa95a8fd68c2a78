/** One problem in a piece of data, with its place. */
export interface Problem {
  /** The place as a JSON Pointer: `/steps/2/text`. Empty for the root. */
  readonly path: string;
  /** Stable and machine-readable: `text_too_long`. */
  readonly code: string;
  /** Description of the problem for the author of the data. */
  readonly message: string;
  /** A way to fix it, where one is known. */
  readonly hint?: string | undefined;
}
