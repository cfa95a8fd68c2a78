import { BotloomError, isBotloomError } from '../../../errors/index.ts';
import { BatchDataError } from '../../storage.ts';
import type { UniqueIndex } from '../dialect-traits.ts';

/** Errors of the server, its resources, access to it, timeouts, and serialization. */
const UNAVAILABLE_PATTERN = /^(08|53|57|58|28|3D|55P03|25P0[23]|25006|40)/;
/** Class 54 means that a value exceeds a limit, such as that of an index entry. Repeating does not help. */
const DATA_ERROR_PATTERN = /^(2[23]|54)/;
/** 26000 means that a pooler or the host has removed prepared statements. They are prepared again. */
const RETRIABLE_PATTERN = /^(40001|40P01|26000)$/;

/** Returns the error to throw: STORAGE_UNAVAILABLE if the database cannot be used, otherwise the error itself. */
export function translatePostgresError(error: unknown): unknown {
  if (isBotloomError(error) || error instanceof BatchDataError) return error;
  const state = sqlState(error);
  if (state === '42P01' || state === '3F000')
    return new BotloomError('STORAGE_UNAVAILABLE', 'The database is not migrated.', { retryAfter: 3, cause: error });
  if (state !== null && !UNAVAILABLE_PATTERN.test(state)) return error;
  // Without a SQLSTATE, the error comes from the connection or the pool, unless it is a programming error.
  if (state === null && (!(error instanceof Error) || error instanceof TypeError || error instanceof RangeError))
    return error;
  const reason =
    state ??
    (error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'no connection');
  return new BotloomError('STORAGE_UNAVAILABLE', `The PostgreSQL database is temporarily unavailable (${reason}).`, {
    retryAfter: state === null ? 2 : 1,
    cause: error,
  });
}

/**
 * As `translatePostgresError`, but a value that the database rejects is a BatchDataError: an input is a poison update.
 */
export function translatePostgresBatchError(error: unknown): unknown {
  const state = sqlState(error);
  return state !== null && DATA_ERROR_PATTERN.test(state) && error instanceof Error
    ? new BatchDataError(error.message, { cause: error })
    : translatePostgresError(error);
}

/** True if the transaction is likely to succeed when it is repeated. */
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
