import { consumeJoinRequest } from '../sending/consume-join-request.ts';
import type { Method } from '../sending/method-call.ts';
import { setPersonMembership } from '../state/membership.ts';

export const approveChatJoinRequest: Method = (call) => {
  const { room, person } = consumeJoinRequest(call);
  setPersonMembership(call.world, room, person, true);
  return true;
};
