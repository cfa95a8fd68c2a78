import { isBotloomError, type ErrorCode } from '@botloom/core';
import type { DatabaseSetting, Settings } from '../settings/settings.ts';
import { StartError } from './start-error.ts';

/** Returns a text for the terminal: the reason why the service cannot start, and what to do. No secrets, no stack. */
export function explainFailure(error: unknown, settings: Settings): string {
  const { reason, advice } = explainKnown(error, settings) ?? {
    reason: error instanceof Error ? error.message : String(error),
    advice: 'This error is unexpected. Start with LOG_LEVEL=debug to see where it happens, and report it.',
  };
  return `Botloom cannot start: ${reason}\n${advice}`;
}

interface Explanation {
  readonly reason: string;
  readonly advice: string;
}

function explainKnown(error: unknown, settings: Settings): Explanation | undefined {
  if (error instanceof StartError) return { reason: error.message, advice: error.advice };
  if (isBotloomError(error)) return EXPLANATIONS[error.code]?.(settings.database, error);
  return isSystemError(error) ? explainSystemError(error, settings) : undefined;
}

const EXPLANATIONS: Partial<Record<ErrorCode, (database: DatabaseSetting, error: Error) => Explanation>> = {
  STORAGE_UNAVAILABLE: (database, error) =>
    database.kind === 'sqlite'
      ? {
          reason: error.message,
          advice:
            `Check DATABASE_URL. The file is ${database.file}. ` +
            'The user that runs the service needs write access to the file and to its folder.',
        }
      : { reason: describePostgres(error), advice: `Check DATABASE_URL (${describeAddress(database.url)}).` },
  STORAGE_NEWER: () => ({
    reason: 'the database was used by a newer version of Botloom.',
    advice: 'Start the newer version, or set DATABASE_URL to another database.',
  }),
  SECRET_UNREADABLE: (database) => ({
    reason: 'the master key cannot decrypt the secrets in this database.',
    advice:
      'Set BOTLOOM_SECRET to the key that this database was used with' +
      (database.kind === 'sqlite'
        ? ', or restore the .secret file next to the database.'
        : '. To use a new key, put it before the old key, separated by a comma.'),
  }),
  BOT_TOKEN_INVALID: (_database, error) => ({
    reason: error.message,
    advice: 'Check BOT_TOKEN. @BotFather shows the current token.',
  }),
  TELEGRAM_FAILED: (_database, error) => ({
    reason: error.message,
    advice:
      'Check the network connection, and TELEGRAM_API_ROOT if it is set. ' +
      'To start the demo, which does not need Telegram, remove BOT_TOKEN and PUBLIC_URL.',
  }),
};

/** Reasons as text for the most frequent errors of PostgreSQL (SQLSTATE) and of the network (errno). */
const POSTGRES_REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'no PostgreSQL server listens at this address.',
  ENOTFOUND: 'the host name of the database cannot be resolved.',
  ETIMEDOUT: 'the host of the database does not respond.',
  '3D000': 'PostgreSQL has no database with this name.',
  '28P01': 'PostgreSQL rejected the user name or the password.',
  '28000': 'PostgreSQL does not allow this user to connect.',
  '42501': 'this PostgreSQL user is not allowed to create tables.',
};

function describePostgres({ message, cause }: Error): string {
  const code = isSystemError(cause) ? cause.code : '';
  return POSTGRES_REASONS[code] ?? message;
}

/** Returns the address of the database without user and password. */
function describeAddress(url: string): string {
  const { hostname, port, pathname } = new URL(url);
  return `${hostname === '' ? 'local socket' : hostname}${port === '' ? '' : `:${port}`}${pathname}`;
}

type SystemError = Error & { readonly code: string; readonly syscall?: string; readonly path?: string };

function isSystemError(error: unknown): error is SystemError {
  return error instanceof Error && 'code' in error && typeof error.code === 'string';
}

function explainSystemError(
  { code, syscall, path, message }: SystemError,
  { host, port }: Settings,
): Explanation | undefined {
  if (syscall === 'listen' || syscall === 'getaddrinfo') {
    const hosts = 'Set HOST to 127.0.0.1 for this machine only, or to 0.0.0.0 for all networks.';
    if (code === 'EADDRINUSE') {
      // Not the next port: a running demo has its chat window there.
      const free = port <= 65_525 ? port + 10 : 3010;
      const advice =
        'Stop the program that uses it (Botloom might be running already), ' + `or use another port: PORT=${free}`;
      return { reason: `port ${port} on ${host} is in use.`, advice };
    }
    if (code === 'EACCES')
      return {
        reason: `this user is not allowed to listen on port ${port}.`,
        advice: 'Set PORT to a port above 1023, and put a reverse proxy in front of the service.',
      };
    return { reason: `${host} is not an address of this machine (${code}).`, advice: hosts };
  }
  return path === undefined
    ? undefined
    : {
        reason: `${path} cannot be used: ${message}`,
        advice: 'Check DATABASE_URL. The user that runs the service needs write access to this folder.',
      };
}
