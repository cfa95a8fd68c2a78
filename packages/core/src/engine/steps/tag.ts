import { changeUser } from '../run/change-user.ts';
import { renderTags } from '../values/render-tags.ts';
import type { StepBehavior } from './step-behavior.ts';

export const tagBehavior: StepBehavior<'tag'> = {
  enter(step, run) {
    changeUser(run, { tags: [...new Set([...run.user.tags, ...renderTags(step.tags, run)])] });
    return step.next;
  },
};
