import { isList, type CompiledLoop } from '../../../flow/index.ts';
import { evaluate } from '../../values/evaluate.ts';
import type { Run } from '../run.ts';
import { storeVariable } from '../store-variable.ts';

/**
 * Enters the round of a loop for this item, or leaves the loop after the last item. A value that is not a list has no
 * items.
 */
export function nextRound(step: CompiledLoop, run: Run, index: number): string | null {
  const { frames } = run.stack;
  const rounds = run.stack.rounds.filter(({ step_id }) => step_id !== step.id);
  const list = evaluate(step.list, run);
  const items = isList(list) ? list : [];
  const item = items[index];
  if (item === undefined || index >= step.limit) {
    run.stack = { frames, rounds };
    return step.next;
  }
  run.stack = { frames, rounds: [...rounds, { step_id: step.id, index }] };
  storeVariable(run, step.item, item);
  if (step.index_variable !== null) storeVariable(run, step.index_variable, index + 1);
  return step.body;
}
