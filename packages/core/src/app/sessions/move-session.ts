import type { z } from 'zod';
import { contract } from '../../contract/index.ts';
import type { Scope, SessionRecord } from '../../model/index.ts';
import type { AppContext } from '../app-context.ts';
import { checkInput } from '../check-input.ts';
import { sendSessionCommand } from './send-session-command.ts';

const schema = contract.sessions.move.body;
export type MoveSessionInput = z.input<typeof schema>;

/**
 * Moves a session to a step of its flow, as if the flow had reached that step.
 *
 * @throws BOT_NOT_FOUND, SESSION_NOT_FOUND, UNAVAILABLE
 * @throws CONFLICT - when the session is in no flow, or the bot is inactive
 * @throws VALIDATION_FAILED - also for a step that does not exist
 */
export async function moveSession(
  context: AppContext,
  scope: Scope,
  bot_id: string,
  id: string,
  input: MoveSessionInput,
): Promise<SessionRecord> {
  return sendSessionCommand(context, scope, bot_id, id, { kind: 'move', ...checkInput(schema, input) });
}
