/** Line and column of a place in a text, both from 1. */
export function positionIn(source: string, index: number): { readonly line: number; readonly column: number } {
  const before = source.slice(0, index).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
