import pg from 'pg';
import { describeStorage } from '@botloom/testing/storage-conformance';
import { postgresTarget } from './postgres-target.ts';

/** A host that parses int8 as bigint, JSON as a marker and times as nonsense, for every query of its pool. */
class OddTypes {
  readonly getTypeParser = (oid: number) => (value: string) => (oid === 20 ? BigInt(value) : `parsed ${value}`);
}

// The host's type parsers must not affect Botloom's queries.
const oddTypes = { types: new OddTypes() as unknown as pg.CustomTypesConfig };
// The option of pg's own pipeline mode is missing in its types.
const pipelined = { pipeline: true } as pg.PoolConfig;
const pools = new Map<string, pg.Pool>();

/** The host's own pool; it outlives the storages on it. */
function hostPool(url: string, config: pg.PoolConfig): pg.Pool {
  let pool = pools.get(url);
  if (pool === undefined) {
    pool = new pg.Pool({ connectionString: url, max: 6, ...config });
    // The database is dropped while its connections are idle.
    pool.on('error', () => undefined);
    pools.set(url, pool);
  }
  return pool;
}

describeStorage(
  "postgres, in a schema of a host's pool with odd type parsers",
  postgresTarget((url) => ({ pool: hostPool(url, oddTypes), schema: 'Host "schema"' }), 'Host "schema"'),
);
describeStorage(
  "postgres, on a host's pool whose clients pipeline their queries",
  postgresTarget((url) => ({ pool: hostPool(url, pipelined) })),
);
describeStorage(
  'postgres, behind a pooler',
  postgresTarget((url) => ({ url, preparedStatements: false })),
);
