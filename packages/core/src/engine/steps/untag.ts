import { changeUser } from '../run/change-user.ts';
import { renderTags } from '../values/render-tags.ts';
import type { StepBehavior } from './step-behavior.ts';

export const untagBehavior: StepBehavior<'untag'> = {
  enter(step, run) {
    const gone = new Set(renderTags(step.tags, run));
    changeUser(run, { tags: run.user.tags.filter((tag) => !gone.has(tag)) });
    return step.next;
  },
};
