import Database from 'better-sqlite3';
import pg from 'pg';

/** Returns the number of a bot's jobs of a kind, read from the database because the API has no call for it. */
export async function waitingJobs(databaseUrl: string, bot_id: string, kind: string): Promise<number> {
  const [row] = await ask<{ readonly count: number | string }>(
    databaseUrl,
    'select count(*) as count from botloom_job where bot_id = $1 and kind = $2',
    bot_id,
    kind,
  );
  return Number(row?.count);
}

/** Makes a bot's jobs of a kind due. */
export async function makeDue(databaseUrl: string, bot_id: string, kind: string): Promise<void> {
  const due_at = databaseUrl.startsWith('sqlite:') ? String(Date.now()) : 'now()';
  await ask(
    databaseUrl,
    `update botloom_job set due_at = ${due_at} where bot_id = $1 and kind = $2 returning id`,
    bot_id,
    kind,
  );
}

async function ask<Row extends object>(
  databaseUrl: string,
  query: string,
  bot_id: string,
  kind: string,
): Promise<readonly Row[]> {
  if (databaseUrl.startsWith('sqlite:')) {
    const database = new Database(databaseUrl.slice('sqlite:'.length));
    try {
      // The query names the columns.
      return database.prepare(query).all({ 1: bot_id, 2: kind }) as Row[];
    } finally {
      database.close();
    }
  }
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    return (await client.query<Row>(query, [bot_id, kind])).rows;
  } finally {
    await client.end();
  }
}
