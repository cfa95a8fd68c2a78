/** Which button was pressed: of which version of a flow, on which of its steps, and which of that step's buttons. */
export interface ButtonAddress {
  readonly version_id: number;
  /** Index of the step in the document. */
  readonly step: number;
  /** Index of the button on its step, row after row. */
  readonly button: number;
  /** What the button says besides, of its step's own making: a page, a day of a calendar. */
  readonly detail: string | null;
}

/** What generated callback data begins with; a document's own data may not, so the two never meet. */
export const CALLBACK_PREFIX = '~';

const DETAIL = /^[a-z0-9-]{1,30}$/;

/**
 * Callback data for a button that has none of its own: `~2s.1.4`, 21 bytes at most, or with a detail `~2s.1.4:m2026-12`, 52 at most.
 *
 * @param detail - 1 to 30 of a-z, 0-9 and `-`
 */
export function encodeCallback(version_id: number, step: number, button: number, detail: string | null = null): string {
  const address = `${CALLBACK_PREFIX}${version_id.toString(36)}.${step.toString(36)}.${button.toString(36)}`;
  return detail === null ? address : `${address}:${detail}`;
}

/** Reads what {@link encodeCallback} wrote; null for anything else, whoever made it up. */
export function decodeCallback(data: string): ButtonAddress | null {
  if (!data.startsWith(CALLBACK_PREFIX)) return null;
  const colon = data.indexOf(':');
  const detail = colon === -1 ? null : data.slice(colon + 1);
  if (detail !== null && !DETAIL.test(detail)) return null;
  const [version_id, step, button, ...rest] = data
    .slice(CALLBACK_PREFIX.length, colon === -1 ? undefined : colon)
    .split('.')
    .map((part) => Number.parseInt(part, 36));
  if (version_id === undefined || step === undefined || button === undefined || rest.length > 0) return null;
  if (![version_id, step, button].every((part) => Number.isSafeInteger(part) && part >= 0)) return null;
  // Only the one spelling that we write is ours: `~01.0.0` or `~1x!.0.0` is not.
  return encodeCallback(version_id, step, button, detail) === data ? { version_id, step, button, detail } : null;
}
