/** A broken rule, at a place. */
export interface Violation {
  /** Relative to the workspace's root. */
  file: string;
  line: number;
  rule: string;
}

/** A violation as a line that terminals and editors can follow. */
export function formatViolation({ file, line, rule }: Violation): string {
  return `${file}:${line}  ${rule}`;
}
