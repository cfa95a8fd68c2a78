import { enterFlow } from '../run/calls/enter-flow.ts';
import { resolveFlow } from '../run/calls/resolve-flow.ts';
import { checkVariablesSize } from '../run/store-variable.ts';
import type { StepBehavior } from './step-behavior.ts';

export const jumpBehavior: StepBehavior<'jump'> = {
  enter({ to }, run) {
    if (to.kind === 'end') return null;
    if (to.kind === 'step') return to.id;
    const { version, inputs } = resolveFlow(to.reference, to.inputs, run);
    // The flow that called this one receives the variables of the other flow.
    run.stack = { rounds: [], frames: run.stack.frames };
    const initial = enterFlow(run, version, 'jump', inputs);
    checkVariablesSize(run);
    return initial;
  },
};
