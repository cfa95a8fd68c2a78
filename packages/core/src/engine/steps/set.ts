import type { CompiledChange } from '../../flow/index.ts';
import type { Run } from '../run/run.ts';
import { deleteVariable, storeVariable } from '../run/store-variable.ts';
import { applyChange } from '../values/apply-change.ts';
import type { StepBehavior } from './step-behavior.ts';

export const setBehavior: StepBehavior<'set'> = {
  enter(step, run) {
    for (const change of step.changes) {
      applyVariableChange(change, run);
      if (run.exceeded_limit !== null) return null;
    }
    return step.next;
  },
};

function applyVariableChange(change: CompiledChange, run: Run): void {
  const { name } = change;
  const before = Object.hasOwn(run.variables, name) ? (run.variables[name] ?? null) : null;
  const after = applyChange(before, change, run);
  if (after === undefined) deleteVariable(run, name);
  else storeVariable(run, name, after);
}
