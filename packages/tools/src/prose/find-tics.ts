import { extractProse } from './extract-prose.ts';
import { TICS, type Tic } from './tics.ts';

/** A phrase of bad style in a file. */
export interface FoundTic {
  file: string;
  line: number;
  /** The words as written. */
  phrase: string;
  /** The suggested replacement. */
  write: string;
}

/** A line with this comment, or the line after it, is not checked; the reason is required. */
const EXCEPTION = /prose-ok: \S+/;

/**
 * Finds the phrases of a table in the prose of one file.
 *
 * @param file - path relative to the workspace's root; its ending decides how the text is read
 */
export function findTics(file: string, text: string, tics: readonly Tic[] = TICS): FoundTic[] {
  const lines = text.split('\n');
  const isException = (line: number): boolean =>
    EXCEPTION.test(lines[line - 1] ?? '') || EXCEPTION.test(lines[line - 2] ?? '');
  return extractProse(file, text)
    .filter(({ line }) => !isException(line))
    .flatMap(({ line, kind, text: prose }) =>
      tics
        .filter(({ where }) => where === 'prose' || kind === 'comment')
        .flatMap(({ pattern, write }) =>
          [...withoutCodeSpans(prose).matchAll(pattern)].map(([phrase]) => ({
            file,
            line,
            phrase: phrase.trim(),
            write,
          })),
        ),
    );
}

/** Blanks out code spans and keeps the columns. */
function withoutCodeSpans(line: string): string {
  return line.replace(/`[^`]*`/g, (span) => ' '.repeat(span.length));
}
