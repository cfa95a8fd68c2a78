import type { FlowAnalysis } from '../analyse-flow.ts';

/** Which steps lead to which, by index. */
export interface StepGraph {
  readonly edges: readonly (readonly number[])[];
  /** Those of them that are gone along at once, without anybody pressing a button. */
  readonly immediate: readonly (readonly number[])[];
}

/** The graph of a document. A step that cannot be read is taken to lead wherever it mentions, so that no step behind it is blamed. */
export function stepGraph({ steps }: FlowAnalysis): StepGraph {
  const indexes = new Map(steps.flatMap((step, index) => (step.id === null ? [] : [[step.id, index] as const])));
  const immediate = steps.map((step, index) => {
    const ids = step.value === null ? [...step.mentions] : step.links;
    const targets = ids.flatMap((id) => indexes.get(id) ?? []);
    return step.value === null && index + 1 < steps.length ? [...targets, index + 1] : targets;
  });
  const edges = steps.map(({ later }, index) => [...(immediate[index] ?? []), ...later.flatMap((id) => indexes.get(id) ?? [])]);
  return { edges, immediate };
}

/** All steps that can be come to from these, these among them. */
export function reachableFrom({ edges }: Pick<StepGraph, 'edges'>, starts: readonly number[]): ReadonlySet<number> {
  const found = new Set(starts);
  for (const index of found) for (const target of edges[index] ?? []) found.add(target);
  return found;
}
