/** One step of the schema, never changed once it is released. Several statements of SQL for each database. */
export interface Migration {
  /** Rises by one from migration to migration. */
  readonly id: number;
  readonly name: string;
  readonly sqlite: string;
  readonly postgres: string;
}
