import type { FlowAnalysis } from '../analyze-flow.ts';

/** Links between the steps, by index. */
export interface StepGraph {
  readonly edges: readonly (readonly number[])[];
  /** Links that are followed without the press of a button. */
  readonly immediate: readonly (readonly number[])[];
}

/**
 * Returns the graph of a document. A step that cannot be read completely is assumed to lead to every step it mentions,
 * so that the steps after it are not reported.
 */
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

/** Returns all steps that can be reached from these, including these. */
export function reachableFrom({ edges }: Pick<StepGraph, 'edges'>, starts: readonly number[]): ReadonlySet<number> {
  const found = new Set(starts);
  for (const index of found) for (const target of edges[index] ?? []) found.add(target);
  return found;
}
