import { BotloomError } from '../../errors/index.ts';
import type { SessionRecord } from '../../model/index.ts';
import type { ChatAddress } from '../../runtime/index.ts';
import type { SessionKey } from '../../storage/index.ts';

const SESSION_ID_PATTERN = /^(-?\d{1,16})_(\d{1,16})_(\d{1,16})$/;

/**
 * Parses the ID of a session into chat, topic and user.
 *
 * @throws SESSION_NOT_FOUND - when the text is not the ID of a session
 */
export function readSessionId(id: string): Omit<SessionKey, 'bot_id'> {
  const [, chat_id, thread_id, user_id] = SESSION_ID_PATTERN.exec(id) ?? [];
  if (user_id === undefined) throw sessionNotFound();
  return { chat_id: Number(chat_id), thread_id: Number(thread_id), user_id: Number(user_id) };
}

export function sessionNotFound(): BotloomError {
  return new BotloomError(
    'SESSION_NOT_FOUND',
    'The session does not exist. The ID of a session is "{chat}_{topic}_{user}", with the IDs of Telegram.',
  );
}

/**
 * Returns the chat of a session. A private chat has the ID of its user. Flows do not distinguish between kinds of
 * groups.
 */
export function callPlaceOf({ chat_id, thread_id, user }: SessionRecord): ChatAddress {
  return { chat_id, thread_id, chat_type: chat_id === user?.chat_id ? 'private' : 'supergroup' };
}
