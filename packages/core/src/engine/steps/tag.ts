import { changeUser } from '../run/change-user.ts';
import { renderTags } from '../values/render-tags.ts';
import type { StepBehaviour } from './step-behaviour.ts';

export const tagBehaviour: StepBehaviour<'tag'> = {
  enter(step, run) {
    changeUser(run, { tags: [...new Set([...run.user.tags, ...renderTags(step.tags, run)])] });
    return step.next;
  },
};
