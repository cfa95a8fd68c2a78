import type { BotProgram } from '../../flow/index.ts';
import { findCurrentStep } from '../state/current-step.ts';
import type { SessionState } from '../state/session-state.ts';
import { behaviourOf } from '../steps/step-behaviours.ts';

/** Whether a human has the session, and what the bot may do meanwhile; null: the session is the bot's. */
export function handedOver(program: BotProgram, session: SessionState): { readonly allows_commands: boolean } | null {
  // Most sessions wait for nothing outside: they are not looked up twice.
  if (session.wait === null) return null;
  const standing = findCurrentStep(program, session);
  return standing === null ? null : (behaviourOf(standing.step).handsOver?.(standing.step) ?? null);
}
