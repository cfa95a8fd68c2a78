/** What the engine says where a flow gives no words of its own. */
export const STALE_BUTTON = 'This button no longer works.';

/** Stands where a label or a menu's text rendered to nothing, which Telegram refuses. */
export const UNREADABLE_LABEL = '…';
