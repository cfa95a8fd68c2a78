/** One command of `check` or `test`. */
export interface Task {
  name: string;
  /** Program and arguments, run in the workspace's root. */
  command: readonly [string, ...string[]];
  env?: Readonly<Record<string, string>>;
  /** Prints as it goes instead of when it ends; for the long ones that run alone. */
  live?: boolean;
}

/** How a task ended. */
export interface TaskResult {
  name: string;
  ok: boolean;
  seconds: number;
}
