import { fractionOf } from '../values/fraction-of.ts';
import type { StepBehavior } from './step-behavior.ts';

export const randomBehavior: StepBehavior<'random'> = {
  enter(step, run) {
    // Uses the ID of the flow, not of its version: publishing a change does not assign people anew.
    const draw = step.sticky ? fractionOf(`${run.env.user.id} ${run.version.flow_id} ${step.id}`) : run.env.random();
    // Rounding may leave the last sum slightly below 1.
    const branch = step.branches.find(({ upto }) => draw < upto) ?? step.branches.at(-1);
    return branch?.next ?? null;
  },
};
