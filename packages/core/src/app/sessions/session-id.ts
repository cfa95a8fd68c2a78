import { BotloomError } from '../../errors/index.ts';
import type { SessionRecord } from '../../model/index.ts';
import type { ChatAddress } from '../../runtime/index.ts';
import type { SessionKey } from '../../storage/index.ts';

const SESSION_ID_PATTERN = /^(-?\d{1,16})_(\d{1,16})_(\d{1,16})$/;

/** The chat, topic and person that a session's id names. Raises SESSION_NOT_FOUND for what is no id of a session. */
export function readSessionId(id: string): Omit<SessionKey, 'bot_id'> {
  const [, chat_id, thread_id, user_id] = SESSION_ID_PATTERN.exec(id) ?? [];
  if (user_id === undefined) throw sessionNotFound();
  return { chat_id: Number(chat_id), thread_id: Number(thread_id), user_id: Number(user_id) };
}

export function sessionNotFound(): BotloomError {
  return new BotloomError(
    'SESSION_NOT_FOUND',
    'Nobody has such a session: its id is "{chat}_{topic}_{person}", by the ids that Telegram gives them.',
  );
}

/** Where a session is, for the runtime. A private chat has the person's own number; the kinds of groups are all the same to a flow. */
export function callPlaceOf({ chat_id, thread_id, user }: SessionRecord): ChatAddress {
  return { chat_id, thread_id, chat_type: chat_id === user?.chat_id ? 'private' : 'supergroup' };
}
