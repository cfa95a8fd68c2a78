import { changeUser } from '../run/change-user.ts';
import { renderTags } from '../values/render-tags.ts';
import type { StepBehaviour } from './step-behaviour.ts';

export const untagBehaviour: StepBehaviour<'untag'> = {
  enter(step, run) {
    const gone = new Set(renderTags(step.tags, run));
    changeUser(run, { tags: run.user.tags.filter((tag) => !gone.has(tag)) });
    return step.next;
  },
};
