import type { BotProgram } from '../../flow/index.ts';
import type { Session } from '../session.ts';
import { findStanding } from '../standing.ts';
import { behaviourOf } from '../steps/step-behaviours.ts';
import { waitOf } from '../wait.ts';

/** Whether a human has the session, and what the bot may do meanwhile; null: the session is the bot's. */
export function handedOver(program: BotProgram, session: Session): { readonly allows_commands: boolean } | null {
  // Most sessions wait for nothing outside: they are not looked up twice.
  if (waitOf(session) === null) return null;
  const standing = findStanding(program, session);
  return standing === null ? null : (behaviourOf(standing.step).handsOver?.(standing.step) ?? null);
}
