import { BotloomError, isBotloomError } from '../../../errors/index.ts';
import { BatchDataError } from '../../storage.ts';
import type { UniqueIndex } from '../dialect-traits.ts';

/** Troubles of the server, its resources, our access to it, timeouts; and what serializes badly. */
const UNAVAILABLE_PATTERN = /^(08|53|57|58|28|3D|55P03|25P0[23]|25006|40)/;
/** 54: what is too large for a limit of the program, an index entry for instance, is so at every try. */
const DATA_ERROR_PATTERN = /^(2[23]|54)/;
/** 26000: a pooler or the host has dropped our prepared statements; they are made anew. */
const RETRIABLE_PATTERN = /^(40001|40P01|26000)$/;

/** What a storage raises for an error of the database: STORAGE_UNAVAILABLE for its troubles, the error itself otherwise. */
export function translatePostgresError(error: unknown): unknown {
  if (isBotloomError(error) || error instanceof BatchDataError) return error;
  const state = sqlState(error);
  if (state === '42P01' || state === '3F000')
    return new BotloomError('STORAGE_UNAVAILABLE', 'The database is not migrated.', { retryAfter: 3, cause: error });
  if (state !== null && !UNAVAILABLE_PATTERN.test(state)) return error;
  // Without a SQLSTATE it comes from the connection or the pool, unless it is a mistake in the program.
  if (state === null && (!(error instanceof Error) || error instanceof TypeError || error instanceof RangeError))
    return error;
  const reason =
    state ??
    (error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'no connection');
  return new BotloomError('STORAGE_UNAVAILABLE', `The PostgreSQL database cannot be used just now (${reason}).`, {
    retryAfter: state === null ? 2 : 1,
    cause: error,
  });
}

/** In a batch of updates, data that the database refuses makes one of them poison. */
export function translatePostgresBatchError(error: unknown): unknown {
  const state = sqlState(error);
  return state !== null && DATA_ERROR_PATTERN.test(state) && error instanceof Error
    ? new BatchDataError(error.message, { cause: error })
    : translatePostgresError(error);
}

/** Whether running the transaction again is likely to succeed. */
export function isRetriable(error: unknown): boolean {
  return RETRIABLE_PATTERN.test(sqlState(error) ?? '');
}

export function isPostgresViolation(error: unknown, index: UniqueIndex): boolean {
  return (
    sqlState(error) === '23505' && error instanceof Error && 'constraint' in error && error.constraint === index.name
  );
}

function sqlState(error: unknown): string | null {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : null;
}
