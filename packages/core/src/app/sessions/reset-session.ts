import type { Scope, SessionRecord } from '../../model/index.ts';
import type { AppContext } from '../app-context.ts';
import { sendSessionCommand } from './send-session-command.ts';

/**
 * Starts the session's flow again, in its current version and without variables.
 *
 * @throws BOT_NOT_FOUND, SESSION_NOT_FOUND, UNAVAILABLE
 * @throws CONFLICT - when the state of the session does not allow it, or the bot is inactive
 */
export function resetSession(context: AppContext, scope: Scope, bot_id: string, id: string): Promise<SessionRecord> {
  return sendSessionCommand(context, scope, bot_id, id, { kind: 'reset' });
}
