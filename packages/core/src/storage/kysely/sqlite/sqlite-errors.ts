import { BotloomError, isBotloomError } from '../../../errors/index.ts';
import { BatchDataError } from '../../storage.ts';
import type { UniqueIndex } from '../dialect-traits.ts';

const UNAVAILABLE_PATTERN =
  /^SQLITE_(BUSY|LOCKED|FULL|IOERR|CANTOPEN|READONLY|NOMEM|PROTOCOL|CORRUPT|NOTADB|AUTH|PERM)/;
const DATA_ERROR_PATTERN = /^SQLITE_(CONSTRAINT|MISMATCH|TOOBIG|RANGE)/;

/** What a storage raises for an error of the database: STORAGE_UNAVAILABLE for its troubles, the error itself otherwise. */
export function translateSqliteError(error: unknown): unknown {
  if (isBotloomError(error)) return error;
  const code = codeOf(error);
  if (code !== null && UNAVAILABLE_PATTERN.test(code)) {
    const retryAfter = /^SQLITE_(BUSY|LOCKED)/.test(code) ? 1 : 3;
    return new BotloomError('STORAGE_UNAVAILABLE', `The SQLite database cannot be used just now (${code}).`, {
      retryAfter,
      cause: error,
    });
  }
  const message = error instanceof Error ? error.message : '';
  if (message === 'The storage is closed.')
    return new BotloomError('STORAGE_UNAVAILABLE', message, { retryAfter: 1, cause: error });
  if (message.startsWith('no such table: botloom_')) {
    return new BotloomError('STORAGE_UNAVAILABLE', 'The database is not migrated.', { retryAfter: 3, cause: error });
  }
  return error;
}

/** In a batch of updates, data that the database refuses makes one of them poison. */
export function translateSqliteBatchError(error: unknown): unknown {
  const code = codeOf(error);
  const isData =
    code === null
      ? error instanceof TypeError && error.message.startsWith('SQLite3 can only bind')
      : DATA_ERROR_PATTERN.test(code);
  return isData
    ? new BatchDataError(error instanceof Error ? error.message : String(error), { cause: error })
    : translateSqliteError(error);
}

export function isSqliteViolation(error: unknown, index: UniqueIndex): boolean {
  if (codeOf(error)?.startsWith('SQLITE_CONSTRAINT') !== true || !(error instanceof Error)) return false;
  return (
    error.message.includes(`index '${index.name}'`) || error.message.endsWith(`failed: ${index.columns.join(', ')}`)
  );
}

function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('SQLITE_')
    ? error.code
    : null;
}
