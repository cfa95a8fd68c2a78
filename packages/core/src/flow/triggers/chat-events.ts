/** What can happen to a person in a chat besides messages and presses. */
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

/** The words for each; apart from the names, so that browsers need not load them. */
export const CHAT_EVENTS: Readonly<Record<ChatEventName, string>> = {
  joined: 'a person has come into a group that the bot is in',
  left: 'a person has left such a group, or was removed',
  blocked: 'a person has blocked the bot',
  unblocked: 'a person has unblocked the bot',
  bot_added: 'a person has put the bot into a group',
  bot_removed: 'a person has taken the bot out of a group',
  join_request: 'a person asks to be let into a group or channel',
  reaction: 'a person has put a reaction on a message',
};
