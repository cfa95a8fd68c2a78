import type { Storage } from '@botloom/core';

/** The storage that the suite tests. */
export interface StorageTarget {
  /** Creates an empty database. */
  createDatabase(): Promise<ConformanceDatabase>;
}

/** One database of the tested storage. */
export interface ConformanceDatabase {
  /** Opens a storage on the database, like one process. Several may be open at once. The suite closes it. */
  open(masterKeys: readonly string[]): Storage;
  /** True if an instance is notified about rows that it receives (`onRowHandoff`). Otherwise it polls for them. */
  readonly notifies: boolean;
  /**
   * Runs SQL on the tables, under the names that Botloom's own stores use, to tamper with stored data. Without it, the
   * cases that need it are skipped with a reason.
   */
  readonly execute?: (sql: string) => Promise<readonly Readonly<Record<string, unknown>>[]>;
  drop(): Promise<void>;
}

/** The database of a group of cases and a storage on it. They exist from the first case on. */
export interface CaseGroup {
  readonly database: () => ConformanceDatabase;
  readonly storage: () => Storage;
  /** Opens another storage on the same database, like another process. It is closed with the group. */
  readonly openAnother: (masterKeys?: readonly string[]) => Storage;
}

export const MASTER_KEY = 'conformance master key, long enough';
