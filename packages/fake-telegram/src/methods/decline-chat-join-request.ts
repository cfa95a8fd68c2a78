import { takeJoinRequest } from '../sending/take-join-request.ts';
import type { Method } from './method.ts';

export const declineChatJoinRequest: Method = (call) => {
  takeJoinRequest(call);
  return true;
};
