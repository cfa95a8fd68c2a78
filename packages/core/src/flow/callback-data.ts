/** Which button was pressed: of which version of a flow, on which of its steps, and which of that step's buttons. */
export interface ButtonAddress {
  readonly version_id: number;
  /** Index of the step in the document. */
  readonly step: number;
  /** Index of the button on its step, row after row. */
  readonly button: number;
}

/** What generated callback data begins with; a document's own data may not, so the two never meet. */
export const CALLBACK_PREFIX = '~';

/** Callback data for a button that has none of its own: `~2s.1.4`, 21 bytes at most. */
export function encodeCallback(version_id: number, step: number, button: number): string {
  return `${CALLBACK_PREFIX}${version_id.toString(36)}.${step.toString(36)}.${button.toString(36)}`;
}

/** Reads what {@link encodeCallback} wrote; null for anything else, whoever made it up. */
export function decodeCallback(data: string): ButtonAddress | null {
  if (!data.startsWith(CALLBACK_PREFIX)) return null;
  const [version_id, step, button, ...rest] = data
    .slice(CALLBACK_PREFIX.length)
    .split('.')
    .map((part) => Number.parseInt(part, 36));
  if (version_id === undefined || step === undefined || button === undefined || rest.length > 0) return null;
  if (![version_id, step, button].every((part) => Number.isSafeInteger(part) && part >= 0)) return null;
  // Only the one spelling that we write is ours: `~01.0.0` or `~1x!.0.0` is not.
  return encodeCallback(version_id, step, button) === data ? { version_id, step, button } : null;
}
