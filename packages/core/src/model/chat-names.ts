/** Chats that a bot's settings give a name. */
export const MOST_CHAT_NAMES = 100;

/** The name of a chat in a bot's settings: `orders`. */
export const CHAT_NAME = /^(?!(?:__proto__|constructor|prototype)$)[\p{L}_][\p{L}\p{M}\p{N}_ -]{0,63}$/u;

/** Telegram's number of a chat, negative for groups and channels; null when the text is none. */
export function readChatId(text: string): number | null {
  const id = /^-?[1-9]\d{0,15}$/.test(text) ? Number(text) : null;
  return id !== null && Number.isSafeInteger(id) ? id : null;
}
