import { posix } from 'node:path';
import { extractProse } from './extract-prose.ts';

/** A path in a text of the repository that leads nowhere. */
export interface MissingPath {
  file: string;
  line: number;
  path: string;
}

/** A code span that begins with one of these folders is a path from the repository's root. */
const ROOTS = /^(?:packages|examples|docs|\.github|\.ci|\.changeset)\//;

/** A segment of a path that is filled in by the reader: a glob, or a word in capitals. */
const PLACEHOLDER = /[*{<…]|(?:^|[^A-Za-z])(?!README|CONTRIBUTING|SECURITY|LICENSE|NOTICE|CHANGELOG)[A-Z]{3,}/;

/**
 * Finds paths to files or folders that do not exist: relative links of Markdown files, and code spans that begin with a
 * top-level folder, in Markdown and in the comments of code. A path is checked up to its first placeholder.
 *
 * @param exists - true if a path, relative to the workspace's root, exists
 */
export function findMissingPaths(file: string, text: string, exists: (path: string) => boolean): MissingPath[] {
  const isMarkdown = file.endsWith('.md');
  return extractProse(file, text)
    .filter(({ kind }) => isMarkdown || kind === 'comment')
    .flatMap(({ line, text: prose }) =>
      [...spansOf(prose), ...(isMarkdown ? linksOf(file, prose) : [])]
        .filter((path) => !exists(knownPart(path)))
        .map((path) => ({ file, line, path })),
    );
}

function spansOf(prose: string): string[] {
  return [...prose.matchAll(/`([^`\s]+)`/g)].map(([, span = '']) => span).filter((span) => ROOTS.test(span));
}

function linksOf(file: string, prose: string): string[] {
  return [...prose.replace(/`[^`]*`/g, '').matchAll(/\]\(([^()\s#]+)(?:#[^()\s]*)?\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target) => posix.join(posix.dirname(file), target));
}

/** The path without a line number, up to its first placeholder. */
function knownPart(path: string): string {
  const segments = path.replace(/:\d+(?:-\d+)?$/, '').split('/');
  const placeholder = segments.findIndex((segment) => PLACEHOLDER.test(segment));
  return (placeholder === -1 ? segments : segments.slice(0, placeholder)).join('/');
}
