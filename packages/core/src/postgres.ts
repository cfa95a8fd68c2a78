import pg from 'pg';
import type { StorageFactory } from './storage/index.ts';
import { createPostgresStorage } from './storage/kysely/postgres/postgres-storage.ts';

const DEFAULT_LOCK_TIMEOUT_MS = 5_000;
const DEFAULT_STATEMENT_TIMEOUT_MS = 15_000;
const CONNECT_TIMEOUT_MS = 5_000;
/** Time that the client waits for a response after the server's own timeout. */
const NETWORK_DELAY_MS = 2_000;

export interface PostgresOptions {
  /** `postgres://user:password@host:port/database`. Botloom opens a separate pool and closes it. */
  readonly url?: string;
  /** More settings of that pool, such as TLS and `max`: see the package `pg`. */
  readonly config?: pg.PoolConfig;
  /**
   * An existing pool, instead of `url` and `config`. Botloom does not change its settings, type parsers and search
   * path, and does not close it.
   */
  readonly pool?: pg.Pool;
  /**
   * Schema of the tables. Created if it does not exist. Default: the first one of the search path, such as `public`.
   */
  readonly schema?: string;
  /** Set to false behind a pooler that assigns connections per transaction, such as PgBouncer. Default true. */
  readonly preparedStatements?: boolean;
  /** Maximum time to wait for a lock, in milliseconds. Default 5,000. */
  readonly lockTimeout?: number;
  /** Maximum duration of a statement, in milliseconds. Default 15,000. */
  readonly statementTimeout?: number;
}

/**
 * Stores all data in PostgreSQL 14 or newer, for any number of processes. Requires the package `pg`.
 *
 * @throws TypeError - unless either `pool`, or `url` and `config`, are set
 * @example
 * const botloom = createBotloom({
 *   storage: postgres({ url: process.env.DATABASE_URL }),
 *   secrets: process.env.BOTLOOM_SECRET,
 * });
 */
export function postgres(options: PostgresOptions): StorageFactory {
  const { url, config, pool, schema = null, preparedStatements = true } = options;
  const isOwnPool = pool === undefined;
  if (isOwnPool ? url === undefined && config === undefined : url !== undefined || config !== undefined) {
    throw new TypeError('postgres() requires either the option `pool`, or `url` or `config`, but not both.');
  }
  const settings = settingsOf(options);
  // A pooler rejects unknown settings when a connection starts. There, and on connections of the host, each transaction
  // sets them.
  const isSetAtStart = isOwnPool && preparedStatements;
  return (context) =>
    createPostgresStorage(
      {
        pool: pool ?? createPool(options, isSetAtStart ? settings : {}),
        isOwnPool,
        preparedStatements,
        settings: isSetAtStart ? {} : settings,
        schema,
      },
      context,
    );
}

/** Returns the PostgreSQL settings that transactions need. */
function settingsOf({
  lockTimeout = DEFAULT_LOCK_TIMEOUT_MS,
  statementTimeout = DEFAULT_STATEMENT_TIMEOUT_MS,
}: PostgresOptions): Record<string, string> {
  return {
    lock_timeout: String(lockTimeout),
    statement_timeout: String(statementTimeout),
    // A suspended process must not block its chats: other instances continue, and its transaction is aborted.
    idle_in_transaction_session_timeout: String(statementTimeout),
    // A prepared statement is planned once for all batch sizes, possibly while the tables are small. The plan must
    // still be right when they have grown.
    plan_cache_mode: 'force_generic_plan',
    enable_seqscan: 'off',
    // An acknowledged update must be on disk.
    synchronous_commit: 'on',
  };
}

function createPool(
  { url, config, statementTimeout = DEFAULT_STATEMENT_TIMEOUT_MS }: PostgresOptions,
  settings: Record<string, string>,
): pg.Pool {
  const flags = Object.entries(settings).map(([name, value]) => `-c ${name}=${value}`);
  return new pg.Pool({
    application_name: 'botloom',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    // If the network loses the statement, the server's own timeout does not apply.
    query_timeout: statementTimeout + NETWORK_DELAY_MS,
    ...config,
    ...(url !== undefined && { connectionString: url }),
    ...(flags.length > 0 && { options: [config?.options, ...flags].filter((flag) => flag !== undefined).join(' ') }),
  });
}
