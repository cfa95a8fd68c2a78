import { evaluateCondition } from '../values/evaluate-condition.ts';
import type { StepBehavior } from './step-behavior.ts';

export const conditionBehavior: StepBehavior<'condition'> = {
  enter: (step, run) => (evaluateCondition(step.if, run) ? step.then : step.else),
};
