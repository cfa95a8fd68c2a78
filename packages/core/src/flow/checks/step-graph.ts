import type { FlowAnalysis } from '../analyze-flow.ts';

/** Which steps lead to which, by index. */
export interface StepGraph {
  readonly edges: readonly (readonly number[])[];
  /** Those of them that are gone along at once, without anybody pressing a button. */
  readonly immediate: readonly (readonly number[])[];
}

/** The graph of a document. A step of which something cannot be read is taken to lead wherever it mentions, so that no step behind it is blamed. */
export function stepGraph({ steps }: FlowAnalysis): StepGraph {
  const indexes = new Map(steps.flatMap((step, index) => (step.id === null ? [] : [[step.id, index] as const])));
  const indexesOf = (ids: Iterable<string>): number[] => [...ids].flatMap((id) => indexes.get(id) ?? []);
  const mentioned = steps.map(({ strings: mentions }, index) =>
    mentions.size === 0 && steps[index]?.step !== null
      ? []
      : [...indexesOf(mentions), ...(index + 1 < steps.length ? [index + 1] : [])],
  );
  const immediate = steps.map(({ step: value, links }, index) =>
    value === null ? (mentioned[index] ?? []) : indexesOf(links),
  );
  const edges = steps.map(({ press_links: later }, index) => [
    ...(immediate[index] ?? []),
    ...indexesOf(later),
    ...(mentioned[index] ?? []),
  ]);
  return { edges, immediate };
}

/** All steps that can be come to from these, these among them. */
export function reachableFrom({ edges }: Pick<StepGraph, 'edges'>, starts: readonly number[]): ReadonlySet<number> {
  const found = new Set(starts);
  for (const index of found) for (const target of edges[index] ?? []) found.add(target);
  return found;
}
