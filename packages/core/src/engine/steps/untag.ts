import { changeUser } from '../run/change-user.ts';
import { renderTags } from '../values/render-tags.ts';
import type { StepBehavior } from './step-behavior.ts';

export const untagBehavior: StepBehavior<'untag'> = {
  enter(step, run) {
    const removed = new Set(renderTags(step.tags, run));
    changeUser(run, { tags: run.user.tags.filter((tag) => !removed.has(tag)) });
    return step.next;
  },
};
