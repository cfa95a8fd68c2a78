import pg from 'pg';
import type { StorageFactory } from './storage/index.ts';
import { createPostgresStorage } from './storage/kysely/postgres/postgres-storage.ts';

const STATEMENT_TIMEOUT = 15_000;
/** How much later than the server's word on a statement we stop waiting for it. Milliseconds. */
const NETWORK_TIME = 2_000;

export interface PostgresOptions {
  /** `postgres://user:password@host:port/database`; Botloom opens a pool of its own and closes it. */
  readonly url?: string;
  /** Further settings of that pool (TLS, `max`); see the package `pg`. */
  readonly config?: pg.PoolConfig;
  /** Your own pool, instead of `url` and `config`. Its settings, type parsers and search path stay as they are, and you close it. */
  readonly pool?: pg.Pool;
  /** Schema of the tables; made when it is missing. Default: the one that connections write to (`public`). */
  readonly schema?: string;
  /** False behind a pooler that lends connections by the transaction (PgBouncer). Default true. */
  readonly preparedStatements?: boolean;
  /** Milliseconds to wait for a lock. Default 5,000. */
  readonly lockTimeout?: number;
  /** Milliseconds for one statement. Default 15,000. */
  readonly statementTimeout?: number;
}

/**
 * Keeps everything in PostgreSQL (14 or newer), for any number of processes; needs the package `pg`.
 *
 * @throws TypeError when neither or both of `pool` and `url`/`config` are given
 * @example
 * const botloom = createBotloom({ storage: postgres({ url: process.env.DATABASE_URL }), secrets: process.env.BOTLOOM_SECRET });
 */
export function postgres(options: PostgresOptions): StorageFactory {
  const { url, config, pool, schema = null, preparedStatements = true } = options;
  const isOwnPool = pool === undefined;
  if (isOwnPool ? url === undefined && config === undefined : url !== undefined || config !== undefined) {
    throw new TypeError('postgres() takes either `pool`, or `url` and `config`.');
  }
  const settings = settingsOf(options);
  // A pooler refuses settings it does not know when a connection begins; there, and on a host's connections, each transaction sets them for itself.
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

/** What our transactions need, by the names of PostgreSQL. */
function settingsOf({
  lockTimeout = 5_000,
  statementTimeout = STATEMENT_TIMEOUT,
}: PostgresOptions): Record<string, string> {
  return {
    lock_timeout: String(lockTimeout),
    statement_timeout: String(statementTimeout),
    // A process that stands still must not hold its chats: the others go on, and its transaction is gone when it wakes.
    idle_in_transaction_session_timeout: String(statementTimeout),
    // Prepared statements are planned once for every size of batch, and while the tables are small: the plan must still fit when they have grown.
    plan_cache_mode: 'force_generic_plan',
    enable_seqscan: 'off',
    // An acknowledged update is on the disk.
    synchronous_commit: 'on',
  };
}

function createPool(
  { url, config, statementTimeout = STATEMENT_TIMEOUT }: PostgresOptions,
  settings: Record<string, string>,
): pg.Pool {
  const flags = Object.entries(settings).map(([name, value]) => `-c ${name}=${value}`);
  return new pg.Pool({
    application_name: 'botloom',
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    // A network that swallows everything: the server, which never heard of the statement, cannot end it.
    query_timeout: statementTimeout + NETWORK_TIME,
    ...config,
    ...(url !== undefined && { connectionString: url }),
    ...(flags.length > 0 && { options: [config?.options, ...flags].filter((flag) => flag !== undefined).join(' ') }),
  });
}
