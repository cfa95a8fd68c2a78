import type { JsonValue } from '../../../model/index.ts';
import { keepVariable } from '../keep-variable.ts';
import { note, type Run } from '../run.ts';
import { leaveFlow } from './leave-flow.ts';
import { nextRound } from './next-round.ts';

/**
 * Returns where to continue at the end of a flow: the next round of a loop, or the flow that called. Null: neither
 * exists.
 */
export function comeBack(run: Run): { readonly to: string | null } | null {
  const { rounds, frames } = run.stack;
  const round = rounds.at(-1);
  if (round !== undefined) {
    const step = run.version.program.steps.get(round.step_id);
    if (step?.kind === 'loop') return { to: nextRound(step, run, round.index + 1) };
    run.stack = { frames, rounds: rounds.slice(0, -1) };
    return { to: null };
  }
  const outputs = run.variables;
  const step = leaveFlow(run);
  if (step?.kind !== 'call') return null;
  note(run, 'flow_returned', step.id);
  for (const [variable, from] of step.outputs) keepVariable(run, variable, own(outputs, from));
  return { to: step.next };
}

function own(variables: Run['variables'], name: string): JsonValue {
  return Object.hasOwn(variables, name) ? (variables[name] ?? null) : null;
}
