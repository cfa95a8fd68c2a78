import ts from 'typescript';

/** A piece of text that a person reads. */
export interface Prose {
  /** Line in its file, from 1. */
  line: number;
  kind: 'comment' | 'text';
  text: string;
}

/** Extracts the prose of a file, line by line: comments and strings of code, Markdown without its code. */
export function extractProse(file: string, text: string): Prose[] {
  return file.endsWith('.md') ? proseOfMarkdown(text) : proseOfCode(file, text);
}

function proseOfMarkdown(text: string): Prose[] {
  let isCode = false;
  return text.split('\n').flatMap((line, index): Prose[] => {
    if (/^\s*(```|~~~)/.test(line)) isCode = !isCode;
    else if (!isCode) return [{ line: index + 1, kind: 'text', text: line }];
    return [];
  });
}

function proseOfCode(file: string, text: string): Prose[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest);
  const found: Prose[] = [];
  const add = (kind: Prose['kind'], start: number, end: number): void => {
    const first = source.getLineAndCharacterOfPosition(start).line + 1;
    const lines = text.slice(start, end).split('\n');
    found.push(...lines.map((line, index) => ({ line: first + index, kind, text: line })));
  };
  const seen = new Set<number>();
  const addComments = (ranges: readonly ts.CommentRange[] | undefined): void => {
    for (const { pos, end } of ranges ?? []) {
      if (!seen.has(pos)) add('comment', pos, end);
      seen.add(pos);
    }
  };
  const visit = (node: ts.Node): void => {
    addComments(ts.getLeadingCommentRanges(text, node.pos));
    addComments(ts.getTrailingCommentRanges(text, node.end));
    if (isText(node)) add('text', node.getStart(source), node.end);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function isText(node: ts.Node): boolean {
  if (ts.isStringLiteral(node)) return !isModuleName(node);
  return ts.isNoSubstitutionTemplateLiteral(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node);
}

/** Module names are strings, but not prose. The tree has no parents, so they are recognized by their form. */
function isModuleName(node: ts.StringLiteral): boolean {
  return /^(\.|node:|@)[^ ]*$/.test(node.text);
}
