import ts from 'typescript';
import { findCodeBlocks, type CodeBlock } from './code-block.ts';

/** Finds the code blocks below the `@example` tags of a source file's doc comments. */
export function findDocExamples(file: string, text: string): CodeBlock[] {
  if (!text.includes('@example')) return [];
  return docComments(file, text).flatMap(({ pos, end }) => {
    const lines = text
      .slice(pos, end)
      .split('\n')
      .map((line) => line.replace(/^\s*\* ?/, ''));
    const start = lines.findIndex((line) => line.trim().startsWith('@example'));
    if (start === -1) return [];
    const firstLine = text.slice(0, pos).split('\n').length + start;
    return findCodeBlocks(file, lines.slice(start).join('\n'), firstLine);
  });
}

function docComments(file: string, text: string): ts.TextRange[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found = new Map<number, ts.TextRange>();
  const visit = (node: ts.Node): void => {
    for (const range of ts.getLeadingCommentRanges(text, node.pos) ?? []) {
      if (text.startsWith('/**', range.pos)) found.set(range.pos, range);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return [...found.values()];
}
