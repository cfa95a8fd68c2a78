/** One command of `check` or `test`. */
export interface Task {
  name: string;
  /** Program and arguments; runs in the workspace's root. */
  command: readonly [string, ...string[]];
  env?: Readonly<Record<string, string>>;
  /** Prints output immediately instead of at the end; for long tasks that run alone. */
  streamsOutput?: boolean;
}

/** Result of a task. */
export interface TaskResult {
  name: string;
  ok: boolean;
  seconds: number;
}
