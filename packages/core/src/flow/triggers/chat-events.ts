/** Events in a chat that are neither messages nor presses of buttons. */
export const CHAT_EVENT_NAMES = [
  'joined',
  'left',
  'blocked',
  'unblocked',
  'bot_added',
  'bot_removed',
  'join_request',
  'reaction',
] as const;
export type ChatEventName = (typeof CHAT_EVENT_NAMES)[number];

/** Descriptions of the events. */
export const CHAT_EVENTS: Readonly<Record<ChatEventName, string>> = {
  joined: 'a user joined a group that the bot is in',
  left: 'a user left such a group, or was removed',
  blocked: 'a user blocked the bot',
  unblocked: 'a user unblocked the bot',
  bot_added: 'a user added the bot to a group',
  bot_removed: 'a user removed the bot from a group',
  join_request: 'a user asks to join a group or channel',
  reaction: 'a user reacted to a message',
};
