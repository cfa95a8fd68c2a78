import Database from 'better-sqlite3';
import pg from 'pg';

/** Nothing can be committed by anybody until the given function is called. */
export async function freezeCommits(databaseUrl: string): Promise<() => Promise<void>> {
  if (databaseUrl.startsWith('sqlite:')) {
    const database = new Database(databaseUrl.slice('sqlite:'.length));
    database.exec('begin immediate');
    return async () => void database.close();
  }
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query('begin; lock table botloom_session in access exclusive mode');
  return () => client.end();
}
