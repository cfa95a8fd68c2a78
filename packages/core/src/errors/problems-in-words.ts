import type { Problem } from './problem.ts';

const LISTED = 10;

/** Problems as one line for an error's message: where and what, of many the first ones. */
export function problemsInWords(problems: readonly Problem[]): string {
  const count = problems.length === 1 ? 'One problem' : `${problems.length} problems`;
  const listed = problems.slice(0, LISTED).map(({ path, message }) => (path === '' ? message : `${path}: ${message}`));
  const more = problems.length > LISTED ? [`and ${problems.length - LISTED} more`] : [];
  return `${count}: ${[...listed, ...more].join('; ')}`;
}
