import { ApiError, badRequest, forbidden } from '../call/api-error.ts';
import type { Room } from '../state/bot-state.ts';
import type { MethodCall } from './method-call.ts';

/** Returns the chat with this `chat_id`. Throws Telegram's error if the bot may not write there. */
export function findWritableRoom(call: MethodCall): Room {
  const room = findRoom(call);
  if (room.blocked) throw forbidden('bot was blocked by the user');
  if (!room.started && room.open_until < call.world.clock.now())
    throw forbidden("bot can't initiate conversation with a user");
  return room;
}

/** Returns the chat with this `chat_id`. Throws Telegram's error if the bot has no access to it. */
export function findRoom(call: MethodCall): Room {
  const { world, bot } = call;
  const id = chatId(call);
  const room = id === undefined ? undefined : bot.rooms.get(id);
  if (room?.migrated_to !== undefined) {
    throw new ApiError(400, 'Bad Request: group chat was upgraded to a supergroup chat', {
      migrate_to_chat_id: room.migrated_to,
    });
  }
  if (room && !room.bots.has(bot)) throw forbidden(`bot was kicked from the ${room.chat.type} chat`);
  if (room) return room;
  if (id !== undefined && world.people.has(id)) throw forbidden("bot can't initiate conversation with a user");
  if (id !== undefined && world.groups.has(id)) throw forbidden('bot is not a member of the group chat');
  throw badRequest('chat not found');
}

function chatId({ parameters, world }: MethodCall): number | undefined {
  const given = parameters.values.chat_id;
  if (typeof given === 'number') return given;
  const name = typeof given === 'string' ? given.replace(/^@/, '').toLowerCase() : undefined;
  return [...world.groups.values()].find((room) => room.chat.username?.toLowerCase() === name)?.chat.id;
}
