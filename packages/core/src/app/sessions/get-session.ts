import type { Scope, SessionRecord } from '../../model/index.ts';
import type { AppContext } from '../app-context.ts';
import { getBot } from '../bots/get-bot.ts';
import { readSessionId, sessionNotFound } from './session-id.ts';

/**
 * Returns a session, also one that is in no flow.
 *
 * @throws BOT_NOT_FOUND, SESSION_NOT_FOUND
 */
export async function getSession(
  context: AppContext,
  scope: Scope,
  bot_id: string,
  id: string,
): Promise<SessionRecord> {
  await getBot(context, scope, bot_id);
  const session = await context.storage.sessions.get(scope, bot_id, readSessionId(id));
  if (session === null) throw sessionNotFound();
  return session;
}
