import { ENGINE_LIMITS } from '../limits.ts';
import { nextRound } from '../calls/next-round.ts';
import type { StepBehaviour } from './step-behaviour.ts';

export const loopBehaviour: StepBehaviour<'loop'> = {
  enter(step, run) {
    const { rounds, frames } = run.stack;
    // Who comes to the loop from within begins it anew, and is out of the loops inside.
    const at = rounds.findIndex(({ step_id }) => step_id === step.id);
    if (at !== -1) run.stack = { frames, rounds: rounds.slice(0, at) };
    else if (rounds.length >= ENGINE_LIMITS.rounds) throw new Error(`loops within loops deeper than ${ENGINE_LIMITS.rounds}`);
    return nextRound(step, run, 0);
  },
};
