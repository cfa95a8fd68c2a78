import type { z } from 'zod';
import { contract } from '../../contract/index.ts';
import type { Scope, SessionRecord } from '../../model/index.ts';
import type { AppContext } from '../app-context.ts';
import { checkInput } from '../check-input.ts';
import { sendSessionCommand } from './send-session-command.ts';

const schema = contract.sessions.move.body;
export type MoveSessionInput = z.input<typeof schema>;

/** Moves a session to a step of the flow that it is in, as if it had come there. Raises what `commandSession` does; VALIDATION_FAILED for a step that the flow does not have. */
export async function moveSession(
  context: AppContext,
  scope: Scope,
  bot_id: string,
  id: string,
  input: MoveSessionInput,
): Promise<SessionRecord> {
  return sendSessionCommand(context, scope, bot_id, id, { kind: 'move', ...checkInput(schema, input) });
}
