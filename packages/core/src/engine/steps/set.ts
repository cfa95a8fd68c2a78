import type { CompiledChange } from '../../flow/index.ts';
import { dropVariable, keepVariable } from '../run/keep-variable.ts';
import type { Run } from '../run/run.ts';
import { changedValue } from '../values/changed-value.ts';
import type { StepBehaviour } from './step-behaviour.ts';

export const setBehaviour: StepBehaviour<'set'> = {
  enter(step, run) {
    for (const change of step.changes) {
      make(change, run);
      if (run.exhausted !== null) return null;
    }
    return step.next;
  },
};

function make(change: CompiledChange, run: Run): void {
  const { name } = change;
  const before = Object.hasOwn(run.variables, name) ? (run.variables[name] ?? null) : null;
  const after = changedValue(before, change, run);
  if (after === undefined) dropVariable(run, name);
  else keepVariable(run, name, after);
}
