import { ENGINE_LIMITS } from '../limits.ts';
import { enterFlow } from '../run/calls/enter-flow.ts';
import { flowToEnter } from '../run/calls/flow-to-enter.ts';
import { checkSize } from '../run/keep-variable.ts';
import { note } from '../run/run.ts';
import type { StepBehaviour } from './step-behaviour.ts';

export const callBehaviour: StepBehaviour<'call'> = {
  enter(step, run) {
    const { rounds, frames } = run.stack;
    if (frames.length >= ENGINE_LIMITS.frames) {
      run.exhausted = `more than ${ENGINE_LIMITS.frames} nested calls of flows`;
      return null;
    }
    const { version, inputs } = flowToEnter(step.flow, step.inputs, run);
    note(run, 'flow_called', step.id, step.flow);
    const frame = { flow_version_id: run.version.id, step_id: step.id, variables: run.variables, rounds };
    run.stack = { rounds: [], frames: [...frames, frame] };
    const initial = enterFlow(run, version, 'call', inputs);
    checkSize(run);
    return initial;
  },
};
