/**
 * Measures the processor time of `processBatch` and `settle` per update, by updates per batch. An update is one
 * incoming
 * message, one outgoing message, a changed session, and the settled outgoing row. Prints a line for each size.
 *
 *     pnpm --filter @botloom/bench storage-batch                        SQLite, in a temporary file
 *     pnpm --filter @botloom/bench storage-batch postgres://…           PostgreSQL, in a separate schema
 *     … --updates 20000 --sizes 1,4,16,64
 *
 * `db` is the processor time of the PostgreSQL server, measured if it runs on this machine.
 */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import {
  chatSessionKey,
  createSecretBox,
  NO_WAIT,
  sessionId,
  userId,
  type BatchInput,
  type BatchWrites,
  type SendOutcome,
  type Storage,
} from '@botloom/core';
import { postgres } from '@botloom/core/postgres';
import { sqlite } from '@botloom/core/sqlite';

const BOTS = 20;
const CHATS = 500;
const SCHEMA = 'botloom_bench';

const { values, positionals } = parseArgs({
  options: {
    updates: { type: 'string', default: '20000' },
    sizes: { type: 'string', default: '1,4,16,64' },
    settle: { type: 'boolean', default: true },
  },
  allowNegative: true,
  allowPositionals: true,
});
const url = positionals[0];

for (const size of values.sizes.split(',').map(Number)) {
  const target = url === undefined ? openSqlite() : await openPostgres(url);
  const { storage } = target;
  await storage.migrate('auto');
  await storage.instances.register('bench', 'bench', 3_600_000);
  const bots = await createBots(storage);
  await run(storage, bots, 0, 2_000, size);
  const total = Number(values.updates);
  const [server, database] = [process.cpuUsage(), target.databaseCpu()];
  const start = performance.now();
  await run(storage, bots, 2_000, total, size);
  const elapsed = performance.now() - start;
  const { user, system } = process.cpuUsage(server);
  const figures = { client: (user + system) / 1000 / total, db: (target.databaseCpu() - database) / total };
  const database_part = url === undefined ? '' : `, db ${figures.db.toFixed(4)} ms`;
  const rate = Math.round((total / elapsed) * 1000);
  console.log(
    `${storage.dialect}, ${String(size).padStart(3)} updates per batch: ` +
      `${figures.client.toFixed(4)} ms CPU per update${database_part}, ${rate} updates/s`,
  );
  await storage.close();
  await target.drop();
}

async function run(
  storage: Storage,
  bots: readonly string[],
  from: number,
  count: number,
  size: number,
): Promise<void> {
  let unsettled: SendOutcome[] = [];
  for (let first = from; first < from + count; first += size) {
    const inputs = Array.from({ length: size }, (_, index) => toInput(bots, first + index));
    const outcome = await storage.updates.processBatch('bench', inputs, Date.now(), (locked) => ({
      kind: 'commit',
      writes: decide(inputs, locked),
    }));
    for (const { id, owner } of outcome.messages) {
      if (owner !== null)
        unsettled.push({ source: 'message', id, kind: 'sent', telegram_message_id: id, at: Date.now() });
    }
    if (values.settle && unsettled.length >= 64) {
      await storage.outbox.recordOutcomes('bench', unsettled);
      unsettled = [];
    }
  }
  if (values.settle) await storage.outbox.recordOutcomes('bench', unsettled);
}

function toInput(bots: readonly string[], index: number): BatchInput {
  const bot_id = bots[index % BOTS] ?? '';
  const chat_id = 1_000_000 + (index % CHATS);
  const user = {
    chat_id,
    username: 'ada',
    first_name: 'Ada',
    last_name: null,
    language: 'en',
    phone: null,
    is_blocked: false,
  };
  return {
    bot_id,
    claim: { kind: 'update', update_id: 100_000_000 + index },
    user,
    sessions: [chatSessionKey(bot_id, { id: chat_id, type: 'private' })],
  };
}

function decide(
  inputs: readonly BatchInput[],
  locked: Parameters<Parameters<Storage['updates']['processBatch']>[3]>[0],
): BatchWrites {
  const sessions: BatchWrites['sessions'][number][] = [];
  const messages: BatchWrites['messages'][number][] = [];
  for (const { bot_id, user, sessions: keys } of inputs) {
    const [key] = keys;
    if (user === null || key === undefined) continue;
    const before = locked.sessions.get(sessionId(key));
    sessions.push({
      key,
      session: {
        flow_version_id: 1,
        step_id: 'name',
        state: { variables: { name: 'Ada' }, visits: Number(before?.state.visits ?? 0) + 1 },
      },
      summary: NO_WAIT,
    });
    const user_id = locked.users.get(userId(bot_id, user.chat_id))?.id ?? null;
    const message = {
      bot_id,
      user_id,
      chat_id: user.chat_id,
      thread_id: 0,
      type: 'text',
      file_id: null,
      flow_id: null,
      telegram_message_id: null,
    };
    messages.push({
      ...message,
      direction: 'incoming',
      text: 'hello how much is the delivery',
      payload: null,
      send: null,
      telegram_message_id: 7,
    });
    const send = { method: 'sendMessage', delivery: 'at_least_once', expires_at: Date.now() + 86_400_000 } as const;
    const text = 'Echo: hello how much is the delivery';
    messages.push({ ...message, direction: 'outgoing', text, payload: { text }, send });
  }
  return { users: [], sessions, answers: [], messages, edits: [], calls: [], jobs: [], migrated_chats: [] };
}

function createBots(storage: Storage): Promise<string[]> {
  return Promise.all(
    Array.from({ length: BOTS }, async (_, index) => {
      const bot = {
        id: randomUUID(),
        name: 'Bench',
        telegram_id: index,
        username: 'bench',
        owner: null,
        token: `${index}:${randomUUID()}`,
        webhook_secret: 'secret',
        settings: {},
      };
      return (await storage.bots.create(bot)).id;
    }),
  );
}

interface Target {
  readonly storage: Storage;
  /** Milliseconds of CPU that the database's own processes have used. */
  readonly databaseCpu: () => number;
  readonly drop: () => Promise<void>;
}

function openSqlite(): Target {
  const folder = mkdtempSync(join(tmpdir(), 'botloom-bench-'));
  const storage = sqlite({ file: join(folder, 'bench.db') })({
    secretBox: createSecretBox(['the key of the benchmark']),
  });
  return { storage, databaseCpu: () => 0, drop: async () => rmSync(folder, { recursive: true }) };
}

async function openPostgres(connectionString: string): Promise<Target> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  await client.query(`drop schema if exists ${SCHEMA} cascade`);
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  const storage = postgres({ url: connectionString, schema: SCHEMA })({
    secretBox: createSecretBox(['the key of the benchmark']),
  });
  const drop = async () => {
    await client.query(`drop schema ${SCHEMA} cascade`);
    await client.end();
  };
  return { storage, databaseCpu: () => cpuOfServer(rows[0]?.pid ?? 0), drop };
}

/** Of the server's process and its children, the ended ones among them; 0 when it does not run on this machine. */
function cpuOfServer(backend: number): number {
  const server = statOf(backend)?.parent;
  if (server === undefined) return 0;
  let ticks = 0;
  for (const name of readdirSync('/proc')) {
    const stat = /^\d+$/.test(name) ? statOf(Number(name)) : undefined;
    if (stat !== undefined && (stat.parent === server || Number(name) === server)) ticks += stat.ticks;
  }
  return ticks * 10;
}

function statOf(pid: number): { readonly parent: number; readonly ticks: number } | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return { parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) };
  } catch {
    return undefined;
  }
}
