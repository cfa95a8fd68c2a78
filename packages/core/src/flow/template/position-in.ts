/** Line and column of a place in a text, both from 1. */
export function positionIn(source: string, index: number): { readonly line: number; readonly column: number } {
  let [line, start] = [1, 0];
  for (let end = source.indexOf('\n'); end !== -1 && end < index; end = source.indexOf('\n', start)) {
    line += 1;
    start = end + 1;
  }
  return { line, column: index - start + 1 };
}
