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
  if (isBotloomError(error)) {
    const advice = ADVICE[error.code]?.(settings.database);
    return advice === undefined ? undefined : { reason: error.message, advice };
  }
  return isSystemError(error) ? explainSystemError(error, settings) : undefined;
}

const ADVICE: Partial<Record<ErrorCode, (database: DatabaseSetting) => string>> = {
  STORAGE_UNAVAILABLE: (database) =>
    database.kind === 'sqlite'
      ? `Check DATABASE_URL: the file is ${database.file}, and this user must be able to write to it and to its folder.`
      : `Check DATABASE_URL (${placeOf(database.url)}): is the server running, does the database exist, are user and password right?`,
  STORAGE_NEWER: () => 'Start the newer version of Botloom again, or name another database in DATABASE_URL.',
  SECRET_UNREADABLE: (database) =>
    database.kind === 'sqlite'
      ? 'Give the master key that this database was used with: in BOTLOOM_SECRET, or as the .secret file beside it.'
      : 'Give the master key that this database was used with in BOTLOOM_SECRET; an older one behind a comma.',
  BOT_TOKEN_INVALID: () => 'Check BOT_TOKEN.',
  TELEGRAM_FAILED: () => 'Check the network, and TELEGRAM_API_ROOT if you have set it. Without BOT_TOKEN and PUBLIC_URL the demo starts, which needs no Telegram.',
};

/** The database without user and password. */
function placeOf(url: string): string {
  const { hostname, port, pathname } = new URL(url);
  return `${hostname === '' ? 'local socket' : hostname}${port === '' ? '' : `:${port}`}${pathname}`;
}

type SystemError = Error & { readonly code: string; readonly syscall?: string; readonly path?: string };

function isSystemError(error: unknown): error is SystemError {
  return error instanceof Error && 'code' in error && typeof error.code === 'string';
}

function explainSystemError({ code, syscall, path, message }: SystemError, { host, port }: Settings): Explanation | undefined {
  if (syscall === 'listen' || syscall === 'getaddrinfo') {
    const hosts = 'Set HOST to 127.0.0.1 for this machine only, or to 0.0.0.0 for every network.';
    if (code === 'EADDRINUSE') {
      const advice = `Stop the program that has it (is Botloom running already?), or take another port: PORT=${port < 65_535 ? port + 1 : 3001}`;
      return { reason: `port ${port} on ${host} is in use.`, advice };
    }
    if (code === 'EACCES') return { reason: `this user may not listen on port ${port}.`, advice: 'Take a port above 1023, and put a reverse proxy in front.' };
    return { reason: `${host} is not an address of this machine (${code}).`, advice: hosts };
  }
  return path === undefined ? undefined : { reason: `${path} cannot be used: ${message}`, advice: 'Check DATABASE_URL, and that this user may write to that folder.' };
}
