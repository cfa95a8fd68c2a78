import Database from 'better-sqlite3';
import pg from 'pg';

/** By chat: the values of all answers, in the order in which they were stored. Read from the database itself, since the API has no call for it. */
export async function storedAnswers(databaseUrl: string): Promise<ReadonlyMap<number, readonly unknown[]>> {
  const rows = databaseUrl.startsWith('sqlite:') ? fromSqlite(databaseUrl.slice('sqlite:'.length)) : await fromPostgres(databaseUrl);
  const chats = new Map<number, unknown[]>();
  for (const { chat_id, value } of rows) {
    const answers = chats.get(Number(chat_id)) ?? [];
    answers.push(JSON.parse(value));
    chats.set(Number(chat_id), answers);
  }
  return chats;
}

interface Row {
  readonly chat_id: number | string;
  readonly value: string;
}

const QUERY = 'select chat_id, cast(value as text) as value from botloom_answer order by id';

function fromSqlite(file: string): readonly Row[] {
  const database = new Database(file, { readonly: true });
  try {
    // The columns are named in the query.
    return database.prepare(QUERY).all() as readonly Row[];
  } finally {
    database.close();
  }
}

async function fromPostgres(url: string): Promise<readonly Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(QUERY)).rows;
  } finally {
    await client.end();
  }
}
