type Raw = Readonly<Record<string, unknown>>;

/**
 * Distributes updates of many bots to as few bots as possible, so that no bot has two different messages with the
 * same chat and message ID, which cannot happen at Telegram. An edit goes to the bot of its original message, if
 * there is one.
 */
export function distributeToBots(updates: readonly Raw[]): readonly (readonly Raw[])[] {
  const bots: { readonly updates: Raw[]; readonly taken: Set<string> }[] = [];
  for (const update of updates) {
    const key = messageKey(update.message ?? update.channel_post);
    const original = messageKey(update.edited_message ?? update.edited_channel_post);
    const candidate =
      original === null
        ? bots.find(({ taken }) => key === null || !taken.has(key))
        : (bots.find(({ taken }) => taken.has(original)) ?? bots[0]);
    const bot = candidate ?? { updates: [], taken: new Set<string>() };
    if (candidate === undefined) bots.push(bot);
    bot.updates.push(update);
    const own = key ?? original;
    if (own !== null) bot.taken.add(own);
  }
  return bots.map((bot) => bot.updates);
}

function messageKey(message: unknown): string | null {
  if (typeof message !== 'object' || message === null || !('message_id' in message)) return null;
  const chat =
    'chat' in message && typeof message.chat === 'object' && message.chat !== null && 'id' in message.chat
      ? message.chat.id
      : null;
  return `${String(chat)}:${String(message.message_id)}`;
}
