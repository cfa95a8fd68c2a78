import { ENGINE_LIMITS } from '../limits.ts';
import { nextRound } from '../run/calls/next-round.ts';
import type { StepBehavior } from './step-behavior.ts';

export const loopBehavior: StepBehavior<'loop'> = {
  enter(step, run) {
    const { rounds, frames } = run.stack;
    const at = rounds.findIndex(({ step_id }) => step_id === step.id);
    const round = rounds[at];
    if (round !== undefined) {
      // Reaching the loop from inside continues with its next round and leaves the loops inside it.
      run.stack = { frames, rounds: rounds.slice(0, at) };
      return nextRound(step, run, round.index + 1);
    }
    if (rounds.length >= ENGINE_LIMITS.rounds) throw new Error(`more than ${ENGINE_LIMITS.rounds} nested loops`);
    return nextRound(step, run, 0);
  },
};
