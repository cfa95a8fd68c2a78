import type { SessionRecord } from '../../model/index.ts';
import type { CallPlace } from '../../runtime/index.ts';

/** Where a session is, for the runtime. A private chat has the person's own number; the kinds of groups are all the same to a flow. */
export function placeOf({ chat_id, thread_id, user }: SessionRecord): CallPlace {
  return { chat_id, thread_id, chat_type: chat_id === user?.chat_id ? 'private' : 'supergroup' };
}
