import Database from 'better-sqlite3';
import pg from 'pg';

/**
 * Makes the database reject messages with a certain text, as it would reject data that a column cannot store.
 *
 * @returns a function that undoes it
 */
export async function poisonText(databaseUrl: string, text: string): Promise<() => Promise<void>> {
  if (!/^[\w ]+$/.test(text)) throw new Error('The text becomes part of a statement: plain words only.');
  return databaseUrl.startsWith('sqlite:')
    ? poisonSqlite(databaseUrl.slice('sqlite:'.length), text)
    : poisonPostgres(databaseUrl, text);
}

async function poisonSqlite(file: string, text: string): Promise<() => Promise<void>> {
  const run = (sql: string): void => {
    // The same library as Botloom's: two copies of SQLite in one process break each other's locks.
    const database = new Database(file);
    try {
      database.exec(sql);
    } finally {
      database.close();
    }
  };
  run(
    `create trigger poison before insert on botloom_message when new.text = '${text}'
     begin select raise(abort, 'poisoned'); end`,
  );
  return async () => run('drop trigger poison');
}

async function poisonPostgres(url: string, text: string): Promise<() => Promise<void>> {
  const run = async (sql: string): Promise<void> => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      await client.query(sql);
    } finally {
      await client.end();
    }
  };
  await run(`create function poison() returns trigger language plpgsql as $$
     begin raise exception 'poisoned' using errcode = '22000'; end $$;
    create trigger poison before insert on botloom_message
     for each row when (new.text = '${text}') execute function poison()`);
  return () => run('drop trigger poison on botloom_message; drop function poison()');
}
