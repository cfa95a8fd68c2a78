import Database from 'better-sqlite3';
import pg from 'pg';

const QUERY = 'select count(*) as count from botloom_job where bot_id = $1 and kind = $2';

/** How many jobs of a kind a bot has, read from the database itself, since the API has no call for it. */
export async function waitingJobs(databaseUrl: string, bot_id: string, kind: string): Promise<number> {
  if (databaseUrl.startsWith('sqlite:')) {
    const database = new Database(databaseUrl.slice('sqlite:'.length), { readonly: true });
    try {
      // The column is named in the query.
      return (database.prepare(QUERY).get({ 1: bot_id, 2: kind }) as { count: number }).count;
    } finally {
      database.close();
    }
  }
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ count: string }>(QUERY, [bot_id, kind]);
    return Number(rows[0]?.count);
  } finally {
    await client.end();
  }
}
