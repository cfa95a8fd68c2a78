import { createLockStatements } from './lock-batch-statements.ts';
import { createLockSessionsStatements } from './lock-sessions-statements.ts';
import { createMessageStatements } from './message-statements.ts';
import { createOutboxStatements } from './outbox-statements.ts';
import { createSenderStatements } from './sender-statements.ts';
import { createWriteStatements } from './write-statements.ts';

/** The statements of the hot path, for the tables of one schema. */
export type HotStatements = ReturnType<typeof createHotStatements>;

/**
 * Creates the statements of the hot path.
 *
 * @param prefix - qualified prefix of the tables: `botloom_` or `"schema".botloom_`
 */
export function createHotStatements(prefix: string) {
  return {
    ...createLockStatements(prefix),
    ...createLockSessionsStatements(prefix),
    ...createSenderStatements(prefix),
    ...createWriteStatements(prefix),
    ...createMessageStatements(prefix),
    ...createOutboxStatements(prefix),
  };
}
