import type { EndName } from '../../flow/index.ts';
import type { Run } from '../run/run.ts';
import { NO_STACK } from '../state/session-state.ts';
import type { StepBehavior, Transition } from './step-behavior.ts';

export const endBehavior: StepBehavior<'end'> = {
  enter: (step, run) => END_TRANSITIONS[step.ends](run),
};

/** Transition per kind of end: the table does not compile until it has them all. */
const END_TRANSITIONS: { readonly [Name in EndName]: (run: Run) => Transition } = {
  round: () => null,
  loop(run) {
    const { rounds, frames } = run.stack;
    const round = rounds.at(-1);
    run.stack = { frames, rounds: rounds.slice(0, -1) };
    const step = round === undefined ? undefined : run.version.program.steps.get(round.step_id);
    return step?.kind === 'loop' ? step.next : null;
  },
  flow(run) {
    run.stack = { rounds: [], frames: run.stack.frames };
    return null;
  },
  all(run) {
    run.stack = NO_STACK;
    return null;
  },
};
