import { enterFlow } from '../run/calls/enter-flow.ts';
import { flowToEnter } from '../run/calls/flow-to-enter.ts';
import { checkSize } from '../run/keep-variable.ts';
import type { StepBehaviour } from './step-behaviour.ts';

export const jumpBehaviour: StepBehaviour<'jump'> = {
  enter({ to }, run) {
    if (to.kind === 'end') return null;
    if (to.kind === 'step') return to.id;
    const { version, inputs } = flowToEnter(to.reference, to.inputs, run);
    // The flow that called this one receives the variables of the other flow.
    run.stack = { rounds: [], frames: run.stack.frames };
    const initial = enterFlow(run, version, 'jump', inputs);
    checkSize(run);
    return initial;
  },
};
