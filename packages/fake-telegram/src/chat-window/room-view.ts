import type { BotState, Room } from '../state/bot-state.ts';
import type { World } from '../state/world.ts';
import type { JsonObject } from '../telegram-objects.ts';

/** How many messages a page gets to see when it opens. */
const maxShownMessages = 200;

/** The bots to choose from. Tokens stay here. */
export function botList(world: World): JsonObject[] {
  return [...world.botsById.values()].map((bot) => ({
    id: bot.user.id,
    username: bot.user.username,
    first_name: bot.user.first_name,
  }));
}

/** All that a page shows when it opens a chat. */
export function roomSnapshot(world: World, bot: BotState, room: Room): JsonObject {
  return {
    bot_id: bot.user.id,
    messages: [...room.messages.values()].slice(-maxShownMessages),
    ...roomState(world, bot, room),
  };
}

/** What changes without an event of its own. */
export function roomState(world: World, bot: BotState, room: Room): JsonObject {
  return {
    description: bot.descriptions.get('') ?? '',
    short_description: bot.short_descriptions.get('') ?? '',
    commands: bot.commands.get('default:::') ?? [],
    keyboard: room.keyboard ?? null,
    blocked: room.blocked,
    status: botStatus(bot),
    bots: botList(world),
  };
}

/** Whether somebody listens behind the bot, in a few words. */
export function botStatus({ queue }: BotState): JsonObject {
  const pending = queue.pendingCount;
  if (!queue.hasReceiver) return { state: 'nobody', pending, detail: 'no webhook set, nobody polls' };
  if (queue.webhook && queue.lastError && pending > 0)
    return { state: 'failing', pending, detail: queue.lastError.message };
  return { state: 'listening', pending, detail: queue.webhook ? 'webhook' : 'polling' };
}
