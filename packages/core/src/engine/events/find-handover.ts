import type { BotProgram } from '../../flow/index.ts';
import { findCurrentStep } from '../state/current-step.ts';
import type { SessionState } from '../state/session-state.ts';
import { behaviorOf } from '../steps/step-behaviors.ts';

/** Returns the rules for the bot while an operator has the session; null if no operator has it. */
export function findHandover(program: BotProgram, session: SessionState): { readonly allows_commands: boolean } | null {
  // Most sessions wait for nothing outside and need no lookup.
  if (session.wait === null) return null;
  const current = findCurrentStep(program, session);
  return current === null ? null : (behaviorOf(current.step).handover?.(current.step) ?? null);
}
