/** What the engine says where a flow gives no words of its own. */
export const STALE_BUTTON = 'This button no longer works.';

/** A press while a human has the session. */
export const HANDED_OVER = 'You are talking with a person now.';

/** Stands where a label or a menu's text rendered to nothing, which Telegram refuses. */
export const UNREADABLE_LABEL = '…';
