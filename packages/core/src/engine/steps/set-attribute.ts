import type { CompiledChange } from '../../flow/index.ts';
import { changeUser } from '../run/change-user.ts';
import type { Run } from '../run/run.ts';
import { changedValue } from '../values/changed-value.ts';
import type { StepBehaviour } from './step-behaviour.ts';

export const setAttributeBehaviour: StepBehaviour<'set_attribute'> = {
  enter(step, run) {
    const before = run.user;
    try {
      // Each change sees the changes before it.
      for (const change of step.changes) make(change, run);
      const { attributes } = run.user;
      see(run, before);
      changeUser(run, { attributes });
    } catch (error) {
      see(run, before);
      throw error;
    }
    return step.next;
  },
};

function make(change: CompiledChange, run: Run): void {
  const { [change.name]: before = null, ...others } = run.user.attributes;
  const after = changedValue(before, change, run);
  see(run, {
    ...run.user,
    attributes: after === undefined ? others : { ...run.user.attributes, [change.name]: after },
  });
}

function see(run: Run, user: Run['user']): void {
  run.user = user;
  run.scope = null;
}
