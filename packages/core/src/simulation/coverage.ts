import type { TraceEntry } from '../engine/index.ts';
import type { BotProgram } from '../flow/index.ts';
import type { Coverage } from './simulation.ts';

/** Computes from the trace which steps of which flows ran. */
export function coverageOf(
  { versions }: BotProgram,
  names: ReadonlyMap<number, string>,
  trace: readonly TraceEntry[],
): Coverage {
  const visits = new Map<string, number>();
  for (const { kind, version_id, step_id } of trace) {
    if (kind !== 'step_entered') continue;
    const key = `${version_id ?? ''} ${step_id ?? ''}`;
    visits.set(key, (visits.get(key) ?? 0) + 1);
  }
  const steps = [...versions.values()].flatMap(({ id, program }) =>
    program.list.map((step) => ({
      flow: names.get(id) ?? '',
      step_id: step.id,
      type: step.kind,
      visits: visits.get(`${id} ${step.id}`) ?? 0,
    })),
  );
  const never = steps.filter((step) => step.visits === 0);
  return { steps, never, share: steps.length === 0 ? 1 : (steps.length - never.length) / steps.length };
}
