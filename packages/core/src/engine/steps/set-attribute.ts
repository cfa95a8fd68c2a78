import type { CompiledChange } from '../../flow/index.ts';
import { changeUser } from '../run/change-user.ts';
import type { Run } from '../run/run.ts';
import { applyChange } from '../values/apply-change.ts';
import type { StepBehavior } from './step-behavior.ts';

export const setAttributeBehavior: StepBehavior<'set_attribute'> = {
  enter(step, run) {
    const before = run.user;
    try {
      // Each change sees the changes before it.
      for (const change of step.changes) applyAttributeChange(change, run);
      const { attributes } = run.user;
      updateRunUser(run, before);
      changeUser(run, { attributes });
    } catch (error) {
      updateRunUser(run, before);
      throw error;
    }
    return step.next;
  },
};

function applyAttributeChange(change: CompiledChange, run: Run): void {
  const { [change.name]: before = null, ...others } = run.user.attributes;
  const after = applyChange(before, change, run);
  updateRunUser(run, {
    ...run.user,
    attributes: after === undefined ? others : { ...run.user.attributes, [change.name]: after },
  });
}

function updateRunUser(run: Run, user: Run['user']): void {
  run.user = user;
  run.scope = null;
}
