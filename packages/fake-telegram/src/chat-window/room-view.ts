import type { BotState, Room } from '../state/bot-state.ts';
import type { World } from '../state/world.ts';
import type { BotStatus, BotSummary, RoomSnapshot, RoomStatus } from './protocol.ts';

/** Messages that a page receives when it opens a chat: the newest ones. */
const maxShownMessages = 200;

/** Returns the bots to choose from, without their tokens. */
export function botList(world: World): BotSummary[] {
  return [...world.botsById.values()].map((bot) => ({
    id: bot.user.id,
    username: bot.user.username,
    first_name: bot.user.first_name,
  }));
}

/** Returns everything that a page shows when it opens a chat. */
export function roomSnapshot(world: World, bot: BotState, room: Room): RoomSnapshot {
  return {
    bot_id: bot.user.id,
    messages: [...room.messages.values()].slice(-maxShownMessages),
    ...roomStatus(world, bot, room),
  };
}

/** Returns the parts of a chat that change without an event of the room. */
export function roomStatus(world: World, bot: BotState, room: Room): RoomStatus {
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

/** Describes how the updates of a bot reach its program, or why they do not. */
export function botStatus({ queue }: BotState): BotStatus {
  const pending = queue.pendingCount;
  if (!queue.hasReceiver) return { state: 'no_receiver', pending, detail: 'no webhook set, no polling' };
  if (queue.webhook && queue.lastError && pending > 0)
    return { state: 'failing', pending, detail: queue.lastError.message };
  return { state: 'listening', pending, detail: queue.webhook ? 'webhook' : 'polling' };
}
