import { plainArray, textArray } from './array-literal.ts';

/** The SQL type of a column, and its value in a row. `code` is `text` whose values never need quotes. */
type Column<Row> =
  | readonly [type: 'uuid' | 'code', value: (row: Row) => string | null]
  | readonly [type: 'text' | 'json', value: (row: Row) => string | null]
  | readonly [type: 'bigint' | 'float8', value: (row: Row) => number | null]
  | readonly [type: 'boolean', value: (row: Row) => boolean | null];

/** Rows as parameters: one array per column, so that the text does not depend on the number of rows. */
export interface Columns<Row> {
  /** `bot_id, chat_id`: the names, for the alias of `unnest`. */
  readonly names: string;
  /** Returns `unnest($1::uuid[], $2::bigint[])`, with the parameters that start at `first`. */
  unnest(first: number): string;
  /** Returns the parameters in the same order. */
  bind(rows: readonly Row[]): string[];
}

/**
 * Defines the columns of rows that a statement receives. Text and parameters have the same order, since both come from
 * this definition.
 */
export function columns<Row>(definition: Readonly<Record<string, Column<Row>>>): Columns<Row> {
  const entries = Object.values(definition);
  return {
    names: Object.keys(definition).join(', '),
    unnest: (first) => `unnest(${entries.map(([type], index) => `$${first + index}::${sqlType(type)}[]`).join(', ')})`,
    bind: (rows) => entries.map((column) => bindColumn(column, rows)),
  };
}

function sqlType(type: Column<never>[0]): string {
  return type === 'code' ? 'text' : type;
}

function bindColumn<Row>(column: Column<Row>, rows: readonly Row[]): string {
  const [type, value] = column;
  if (type === 'text' || type === 'json') return textArray(rows.map(value));
  return plainArray(rows.map<string | number | boolean | null>(value));
}
