import type { Problem } from './problem.ts';

const MAX_LISTED = 10;

/**
 * Returns problems as one line for an error message: the place and message of the first ten, and the number of the
 * rest.
 */
export function formatProblems(problems: readonly Problem[]): string {
  const count = problems.length === 1 ? 'One problem' : `${problems.length} problems`;
  const listed = problems
    .slice(0, MAX_LISTED)
    .map(({ path, message }) => (path === '' ? message : `${path}: ${message}`));
  const more = problems.length > MAX_LISTED ? [`and ${problems.length - MAX_LISTED} more`] : [];
  return `${count}: ${[...listed, ...more].join('; ')}`;
}
