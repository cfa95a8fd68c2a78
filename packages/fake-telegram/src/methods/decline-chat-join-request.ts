import { consumeJoinRequest } from '../sending/consume-join-request.ts';
import type { Method } from '../sending/method-call.ts';

export const declineChatJoinRequest: Method = (call) => {
  consumeJoinRequest(call);
  return true;
};
