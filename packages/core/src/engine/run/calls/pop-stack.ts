import type { JsonValue } from '../../../model/index.ts';
import { addTrace, type Run } from '../run.ts';
import { storeVariable } from '../store-variable.ts';
import { nextRound } from './next-round.ts';
import { popFrame } from './pop-frame.ts';

/**
 * Returns where to continue at the end of a flow: the next round of a loop, or the flow that called. Null: neither
 * exists.
 */
export function popStack(run: Run): { readonly to: string | null } | null {
  const { rounds, frames } = run.stack;
  const round = rounds.at(-1);
  if (round !== undefined) {
    const step = run.version.program.steps.get(round.step_id);
    if (step?.kind === 'loop') return { to: nextRound(step, run, round.index + 1) };
    run.stack = { frames, rounds: rounds.slice(0, -1) };
    return { to: null };
  }
  const outputs = run.variables;
  const step = popFrame(run);
  if (step?.kind !== 'call') return null;
  addTrace(run, 'flow_returned', step.id);
  for (const [variable, from] of step.outputs) storeVariable(run, variable, ownValue(outputs, from));
  return { to: step.next };
}

function ownValue(variables: Run['variables'], name: string): JsonValue {
  return Object.hasOwn(variables, name) ? (variables[name] ?? null) : null;
}
