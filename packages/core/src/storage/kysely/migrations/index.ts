import { initial } from './0001-initial.ts';
import { sessionSummary } from './0002-session-summary.ts';
import type { Migration } from './migration.ts';

/** All migrations in order; new ones are added at the end. */
export const MIGRATIONS: readonly Migration[] = [initial, sessionSummary];
