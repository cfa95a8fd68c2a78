/** A TypeScript block of the documentation. */
export interface CodeBlock {
  /** Relative to the workspace's root. */
  file: string;
  /** Line of its first line of code in that file, from 1. */
  line: number;
  code: string;
}

/**
 * Finds the ```` ```ts ```` blocks of a Markdown text.
 *
 * A block whose info string contains `no-check` is skipped: for fragments that do not compile alone.
 *
 * @param firstLine - line of the text's first line in its file
 */
export function findCodeBlocks(file: string, text: string, firstLine = 1): CodeBlock[] {
  const blocks: CodeBlock[] = [];
  let open: { indent: string; line: number; lines: string[]; wanted: boolean } | undefined;
  text.split('\n').forEach((line, index) => {
    const fence = /^(\s*)```(\w*)(.*)$/.exec(line);
    if (open) {
      if (fence?.[2] === '' && fence[1] === open.indent) {
        if (open.wanted) blocks.push({ file, line: open.line, code: open.lines.join('\n') });
        open = undefined;
      } else open.lines.push(line.startsWith(open.indent) ? line.slice(open.indent.length) : line);
    } else if (fence) {
      const wanted = (fence[2] === 'ts' || fence[2] === 'typescript') && !fence[3]?.includes('no-check');
      open = { indent: fence[1] ?? '', line: firstLine + index + 1, lines: [], wanted };
    }
  });
  return blocks;
}
