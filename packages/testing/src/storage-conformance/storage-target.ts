import type { Storage } from '@botloom/core';

/** What the suite runs on. */
export interface StorageTarget {
  /** Makes an empty database. */
  createDatabase(): Promise<ConformanceDatabase>;
}

export interface ConformanceDatabase {
  /** Opens a storage on it, as one process does; several may be open at once. The suite closes it. */
  open(masterKeys: readonly string[]): Storage;
  /** Whether an instance hears of rows it is given (`onRowHandoff`); otherwise it finds them by looking. */
  readonly notifies: boolean;
  /**
   * Runs SQL on the tables by the names that Botloom's own stores use, to tamper with what is stored. Without it, cases that do so are skipped
   * and say so.
   */
  readonly execute?: (sql: string) => Promise<readonly Readonly<Record<string, unknown>>[]>;
  drop(): Promise<void>;
}

/** A group's database and the storage on it, there from its first case on. */
export interface CaseGroup {
  readonly database: () => ConformanceDatabase;
  readonly storage: () => Storage;
  /** Another storage on the same database, closed with the group: another process, as far as storage can tell. */
  readonly another: (masterKeys?: readonly string[]) => Storage;
}

export const MASTER_KEY = 'conformance master key, long enough';
