/** Default texts of the engine, for flows that do not define one. */
export const STALE_BUTTON_TEXT = 'This button no longer works.';

/** Answer to a button press while an operator has the session. */
export const HANDED_OVER_TEXT = 'You are talking with a person now.';

/** Replaces a label or a menu text that rendered to nothing, which Telegram rejects. */
export const EMPTY_LABEL_TEXT = '…';
