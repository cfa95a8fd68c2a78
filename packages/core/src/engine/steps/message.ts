import { render } from '../render.ts';
import { sendText } from '../send-text.ts';
import type { StepBehaviour } from './step-behaviour.ts';

export const messageBehaviour: StepBehaviour<'message'> = {
  enter(step, run) {
    sendText(run, step.id, render(step.text, run));
    return step.next;
  },
};
