import type { BotProgram } from '../../flow/index.ts';
import { findCurrentStep } from '../state/current-step.ts';
import type { SessionState } from '../state/session-state.ts';
import { behaviorOf } from '../steps/step-behaviors.ts';

/** Returns what the bot may do while an operator has the session; null: the bot has the session. */
export function findHandover(program: BotProgram, session: SessionState): { readonly allows_commands: boolean } | null {
  // Most sessions wait for nothing outside and need no lookup.
  if (session.wait === null) return null;
  const current = findCurrentStep(program, session);
  return current === null ? null : (behaviorOf(current.step).handover?.(current.step) ?? null);
}
