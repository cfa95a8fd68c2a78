import type { OperatorCommand, TraceEntry } from '../../engine/index.ts';
import { BotloomError } from '../../errors/index.ts';
import type { Scope, SessionRecord } from '../../model/index.ts';
import type { AppContext } from '../app-context.ts';
import { getBot } from '../bots/get-bot.ts';
import { getSession } from './get-session.ts';
import { callPlaceOf, sessionNotFound } from './session-id.ts';

/**
 * Executes an operator's command on a session and returns the changed session. The command is processed in a batch like
 * an update, so it never interleaves with a message of the user.
 *
 * @throws BOT_NOT_FOUND, SESSION_NOT_FOUND, UNAVAILABLE
 * @throws CONFLICT - when the state of the session does not allow the command, or the bot is inactive
 * @throws VALIDATION_FAILED - at `/step_id`
 */
export async function sendSessionCommand(
  context: AppContext,
  scope: Scope,
  bot_id: string,
  id: string,
  command: OperatorCommand,
): Promise<SessionRecord> {
  const session = await getSession(context, scope, bot_id, id);
  if (session.user === null) throw sessionNotFound();
  if (!(await getBot(context, scope, bot_id)).is_active)
    throw new BotloomError('CONFLICT', 'The bot is inactive. Activate it first.');
  const places = [callPlaceOf(session)];
  const { outcomes } = await context.runtime.sendSessionEvent({
    bot_id,
    user_id: session.user.chat_id,
    places,
    event: { kind: 'operator', command },
    record: null,
  });
  const [outcome] = outcomes;
  if (outcome === undefined) throw sessionNotFound();
  // The first entry is about the command itself; the others are about the steps that follow.
  const [first] = outcome.trace;
  if (first !== undefined) throwIfRejected(first, command);
  return getSession(context, scope, bot_id, id);
}

/** Throws the error for a refused command. The session did not change then. */
function throwIfRejected({ kind, detail }: TraceEntry, command: OperatorCommand): void {
  switch (kind) {
    case 'ignored':
      throw new BotloomError('CONFLICT', 'The session is in no flow.');
    case 'version_gone':
      throw new BotloomError('CONFLICT', 'The session is in a deleted version of its flow. It can only be ended.');
    case 'not_handed_over':
      throw new BotloomError(
        'CONFLICT',
        'The session has not been handed over to an operator, so it cannot be given back.',
      );
    case 'step_missing': {
      const step_id = command.kind === 'move' ? command.step_id : '';
      const message = `The session's version of the flow has no step "${step_id}".`;
      throw new BotloomError('VALIDATION_FAILED', message, {
        problems: [{ path: '/step_id', code: 'dangling_step', message, ...(detail === null ? {} : { hint: detail }) }],
      });
    }
    default:
  }
}
