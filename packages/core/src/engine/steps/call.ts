import { ENGINE_LIMITS } from '../limits.ts';
import { enterFlow } from '../run/calls/enter-flow.ts';
import { resolveFlow } from '../run/calls/resolve-flow.ts';
import { addTrace } from '../run/run.ts';
import { checkVariablesSize } from '../run/store-variable.ts';
import type { StepBehavior } from './step-behavior.ts';

export const callBehavior: StepBehavior<'call'> = {
  enter(step, run) {
    const { rounds, frames } = run.stack;
    if (frames.length >= ENGINE_LIMITS.frames) {
      run.exceeded_limit = `more than ${ENGINE_LIMITS.frames} nested calls of flows`;
      return null;
    }
    const { version, inputs } = resolveFlow(step.flow, step.inputs, run);
    addTrace(run, 'flow_called', step.id, step.flow);
    const frame = { flow_version_id: run.version.id, step_id: step.id, variables: run.variables, rounds };
    run.stack = { rounds: [], frames: [...frames, frame] };
    const initial = enterFlow(run, version, 'call', inputs);
    checkVariablesSize(run);
    return initial;
  },
};
