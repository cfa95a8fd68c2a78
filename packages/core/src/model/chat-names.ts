/** Maximum number of named chats in the settings of a bot. */
export const MAX_CHAT_NAME_COUNT = 100;

/** The name of a chat in a bot's settings: `orders`. */
export const CHAT_NAME_PATTERN = /^(?!(?:__proto__|constructor|prototype)$)[\p{L}_][\p{L}\p{M}\p{N}_ -]{0,63}$/u;

/** Parses a chat ID of Telegram, which is negative for groups and channels; returns null for any other text. */
export function readChatId(text: string): number | null {
  const id = /^-?[1-9]\d{0,15}$/.test(text) ? Number(text) : null;
  return id !== null && Number.isSafeInteger(id) ? id : null;
}
