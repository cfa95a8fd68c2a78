import { isList } from '../../flow/index.ts';
import { isSame } from '../values/compare.ts';
import { evaluate } from '../values/evaluate.ts';
import type { StepBehaviour } from './step-behaviour.ts';

export const switchBehaviour: StepBehaviour<'switch'> = {
  enter(step, run) {
    const value = evaluate(step.value, run) ?? null;
    for (const { is, next } of step.cases) {
      const wanted = evaluate(is, run) ?? null;
      const fits =
        isList(wanted) && !isList(value) ? wanted.some((one) => isSame(value, one, step)) : isSame(value, wanted, step);
      if (fits) return next;
    }
    return step.next;
  },
};
