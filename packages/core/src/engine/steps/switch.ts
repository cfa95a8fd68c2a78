import { isList } from '../../flow/index.ts';
import { isEqual } from '../values/compare.ts';
import { evaluate } from '../values/evaluate.ts';
import type { StepBehavior } from './step-behavior.ts';

export const switchBehavior: StepBehavior<'switch'> = {
  enter(step, run) {
    const value = evaluate(step.value, run) ?? null;
    for (const { is, next } of step.cases) {
      const wanted = evaluate(is, run) ?? null;
      const fits =
        isList(wanted) && !isList(value)
          ? wanted.some((one) => isEqual(value, one, step))
          : isEqual(value, wanted, step);
      if (fits) return next;
    }
    return step.next;
  },
};
