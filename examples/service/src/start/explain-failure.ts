import { isBotloomError, type ErrorCode } from '@botloom/core';
import type { DatabaseSetting, Settings } from '../settings/settings.ts';
import { StartError } from './start-error.ts';

/** Why the service cannot start: what happened and what to do. No secrets, no stack. */
export function explainFailure(error: unknown, settings: Settings): string {
  const { reason, advice } = explainKnown(error, settings) ?? {
    reason: error instanceof Error ? error.message : String(error),
    advice: 'This failure is not one we know. LOG_LEVEL=debug shows where it happens; please report it.',
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
          advice: `Check DATABASE_URL: the file is ${database.file}, and this user must be able to write to it and to its folder.`,
        }
      : { reason: describePostgres(error), advice: `Check DATABASE_URL (${describeAddress(database.url)}).` },
  STORAGE_NEWER: () => ({
    reason: 'the database was used by a newer version of Botloom.',
    advice: 'Start that version again, or name another database in DATABASE_URL.',
  }),
  SECRET_UNREADABLE: (database) => ({
    reason: 'the master key is not the one that this database was used with.',
    advice:
      database.kind === 'sqlite'
        ? 'Put it into BOTLOOM_SECRET, or back into the .secret file beside the database.'
        : 'Put it into BOTLOOM_SECRET; an older key goes behind the new one and a comma.',
  }),
  BOT_TOKEN_INVALID: (_database, error) => ({ reason: error.message, advice: 'It is the token in BOT_TOKEN.' }),
  TELEGRAM_FAILED: (_database, error) => ({
    reason: error.message,
    advice:
      'Check the network, and TELEGRAM_API_ROOT if you have set it. Without BOT_TOKEN and PUBLIC_URL the demo starts, which needs no Telegram.',
  }),
};

/** What PostgreSQL and the network say most often (SQLSTATE, errno), in words. */
const POSTGRES_REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'no PostgreSQL server listens there.',
  ENOTFOUND: "the database's host name is not known.",
  ETIMEDOUT: "the database's host does not answer.",
  '3D000': 'PostgreSQL has no database of that name.',
  '28P01': 'PostgreSQL does not accept user and password.',
  '28000': 'PostgreSQL does not let this user in.',
  '42501': 'this user of PostgreSQL may not create tables.',
};

function describePostgres({ message, cause }: Error): string {
  const code = isSystemError(cause) ? cause.code : '';
  return POSTGRES_REASONS[code] ?? message;
}

/** The database without user and password. */
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
    const hosts = 'Set HOST to 127.0.0.1 for this machine only, or to 0.0.0.0 for every network.';
    if (code === 'EADDRINUSE') {
      // Not the next one: a demo that is running already has its chat window there.
      const advice = `Stop the program that has it (is Botloom running already?), or take another port: PORT=${port <= 65_525 ? port + 10 : 3010}`;
      return { reason: `port ${port} on ${host} is in use.`, advice };
    }
    if (code === 'EACCES')
      return {
        reason: `this user may not listen on port ${port}.`,
        advice: 'Take a port above 1023, and put a reverse proxy in front.',
      };
    return { reason: `${host} is not an address of this machine (${code}).`, advice: hosts };
  }
  return path === undefined
    ? undefined
    : {
        reason: `${path} cannot be used: ${message}`,
        advice: 'Check DATABASE_URL, and that this user may write to that folder.',
      };
}
