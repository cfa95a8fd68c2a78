import type { OperatorCommand, TraceEntry } from '../../engine/index.ts';
import { BotloomError } from '../../errors/index.ts';
import type { Scope, SessionRecord } from '../../model/index.ts';
import type { AppContext } from '../app-context.ts';
import { getBot } from '../bots/get-bot.ts';
import { getSession } from './get-session.ts';
import { callPlaceOf, sessionNotFound } from './session-id.ts';

/**
 * Does an operator's command to a session, by the way of every update, so that it never meets a message of the person half-way; gives the session as it is then.
 *
 * @throws BOT_NOT_FOUND, SESSION_NOT_FOUND; CONFLICT where the session cannot take it, or the bot is inactive; VALIDATION_FAILED at `/step_id`; UNAVAILABLE.
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
    throw new BotloomError('CONFLICT', 'The bot is not active, so its flows stand still.');
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
  // The engine's first word on a command: what it notes after that is of the steps that follow.
  const [first] = outcome.trace;
  if (first !== undefined) throwIfRejected(first, command);
  return getSession(context, scope, bot_id, id);
}

/** Raises the error that an outcome is; the session was then left as it is. */
function throwIfRejected({ kind, detail }: TraceEntry, command: OperatorCommand): void {
  switch (kind) {
    case 'ignored':
      throw new BotloomError('CONFLICT', 'The session is in no flow.');
    case 'version_gone':
      throw new BotloomError(
        'CONFLICT',
        'The version of the flow that the session is in was deleted: it can only be ended.',
      );
    case 'not_handed_over':
      throw new BotloomError('CONFLICT', 'No human has the session, so there is nothing to give back.');
    case 'step_missing': {
      const message = `The session's version of the flow has no step "${command.kind === 'move' ? command.step_id : ''}".`;
      throw new BotloomError('VALIDATION_FAILED', message, {
        problems: [{ path: '/step_id', code: 'dangling_step', message, ...(detail === null ? {} : { hint: detail }) }],
      });
    }
    default:
  }
}
