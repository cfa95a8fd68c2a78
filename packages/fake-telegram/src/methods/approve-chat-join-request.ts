import { takeJoinRequest } from '../sending/take-join-request.ts';
import { setPersonMembership } from '../state/membership.ts';
import type { Method } from './method.ts';

export const approveChatJoinRequest: Method = (call) => {
  const { room, person } = takeJoinRequest(call);
  setPersonMembership(call.world, room, person, true);
  return true;
};
