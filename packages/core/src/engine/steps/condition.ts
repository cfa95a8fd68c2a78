import { judge } from '../values/judge.ts';
import type { StepBehaviour } from './step-behaviour.ts';

export const conditionBehaviour: StepBehaviour<'condition'> = {
  enter: (step, run) => (judge(step.if, run) ? step.then : step.else),
};
