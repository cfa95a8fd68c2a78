import { badRequest } from '../call/api-error.ts';
import type { Room } from '../state/bot-state.ts';
import type { PersonState } from '../state/person-state.ts';
import { findRoom } from './find-room.ts';
import type { MethodCall } from './method-call.ts';

/** Removes the join request that a call approves or declines, and returns its person. */
export function consumeJoinRequest(call: MethodCall): { room: Room; person: PersonState } {
  const room = findRoom(call);
  if (!room.administrators.has(call.bot)) throw badRequest('CHAT_ADMIN_REQUIRED');
  const user_id = call.parameters.values.user_id;
  const person = typeof user_id === 'number' ? call.world.people.get(user_id) : undefined;
  if (!person) throw badRequest('USER_ID_INVALID');
  if (room.people.has(person.user.id)) throw badRequest('USER_ALREADY_PARTICIPANT');
  if (!room.join_requests.delete(person.user.id)) throw badRequest('HIDE_REQUESTER_MISSING');
  return { room, person };
}
