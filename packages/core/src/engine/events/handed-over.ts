import type { BotProgram } from '../../flow/index.ts';
import { findCurrentStep } from '../state/current-step.ts';
import type { SessionState } from '../state/session-state.ts';
import { behaviourOf } from '../steps/step-behaviours.ts';

/** Returns what the bot may do while an operator has the session; null: the bot has the session. */
export function handedOver(program: BotProgram, session: SessionState): { readonly allows_commands: boolean } | null {
  // Most sessions wait for nothing outside and need no lookup.
  if (session.wait === null) return null;
  const standing = findCurrentStep(program, session);
  return standing === null ? null : (behaviourOf(standing.step).handsOver?.(standing.step) ?? null);
}
