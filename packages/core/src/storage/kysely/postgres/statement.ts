import type { PipelineStep, TextRows } from './pipeline.ts';

/** A statement of the hot path in one place: its text, its parameters and its rows. */
export interface StatementParts<Input extends readonly unknown[], Result> {
  /** Name of the prepared statement, without the prefix `botloom_`. */
  readonly name: string;
  readonly text: string;
  /** Returns the parameters `$1`, `$2`, … as text. */
  readonly bind: (...input: Input) => readonly (string | null)[];
  /** Converts the rows, whose columns are text. */
  readonly read: (rows: TextRows) => Result;
}

/** A prepared statement with typed parameters and rows. */
export interface HotStatement<Input extends readonly unknown[], Result> {
  /** Returns a step that executes the statement. */
  readonly step: (...input: Input) => PipelineStep;
  /** Converts the rows of that step. */
  readonly read: (rows: TextRows | undefined) => Result;
}

/**
 * Creates a statement of the hot path. Its text is the same for every batch size, so a connection prepares it only
 * once.
 *
 * @example
 * const backlog = statement({
 *   name: 'backlog',
 *   text: 'select count(*) from botloom_message where owner = $1',
 *   bind: (owner: string) => [owner],
 *   read: readNumber,
 * });
 * const [rows] = await connections.run(backlog.step('instance-1'));
 * const count = backlog.read(rows);
 */
export function statement<Input extends readonly unknown[], Result>({
  name,
  text,
  bind,
  read,
}: StatementParts<Input, Result>): HotStatement<Input, Result> {
  const prepared = { name: `botloom_${name}`, text: text.replaceAll(/\s+/g, ' ') };
  return {
    step: (...input) => ({ statement: prepared, values: bind(...input) }),
    read: (rows = []) => read(rows),
  };
}

/** For statements that return no rows. */
export function readNothing(): void {}

/** Reads the only value of the only row. */
export function readNumber(rows: TextRows): number {
  return Number(rows[0]?.[0]);
}
