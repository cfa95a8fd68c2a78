import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { chown, mkdir, mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { locatePostgres, type PostgresBinaries } from './locate-postgres.ts';
import { serverIdentity, type Identity } from './server-identity.ts';
import type { Resource } from './shared-resource.ts';

/**
 * Starts a PostgreSQL server on a free port of the loopback interface. Its data is in a temporary folder that is
 * removed with it.
 *
 * The server is real; only its durability is off, because it never outlives the run.
 *
 * @returns the URL of its superuser and a function that stops it
 */
export async function startPostgres(): Promise<Resource<string>> {
  const identity = await serverIdentity();
  const binaries = await locatePostgres(identity);
  const home = await mkdtemp(join(tmpdir(), 'botloom-postgres-'));
  const data = join(home, 'data');
  await mkdir(data, { mode: 0o700 });
  if (identity) {
    await chown(home, identity.uid, identity.gid);
    await chown(data, identity.uid, identity.gid);
  }
  const removeData = (): void => rmSync(home, { recursive: true, force: true });
  try {
    await initialise(binaries, data, identity);
    const server = await serve(binaries, data, identity);
    return { value: server.url, close: () => server.stop().finally(removeData) };
  } catch (error) {
    removeData();
    throw error;
  }
}

async function initialise(binaries: PostgresBinaries, data: string, identity: Identity | undefined): Promise<void> {
  // The built-in C.UTF-8 has the same sort order and case mapping on every machine, whatever its locales.
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  const args = [`--pgdata=${data}`, '--auth=trust', '--username=postgres', '--no-sync', ...locale];
  const initdb = spawn(binaries.initdb, args, { ...identity, stdio: ['ignore', 'ignore', 'pipe'], env: environment() });
  const log = collect(initdb.stderr);
  const code = await new Promise<number | null>((resolve, reject) => {
    initdb.once('error', reject);
    initdb.once('close', resolve);
  });
  if (code !== 0) throw new Error(`initdb ended with code ${code}: ${log()}`);
}

async function serve(
  binaries: PostgresBinaries,
  data: string,
  identity: Identity | undefined,
): Promise<{ url: string; stop: () => Promise<void> }> {
  const port = await freePort();
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    fsync: 'off',
    full_page_writes: 'off',
    max_connections: '300',
    shared_buffers: '64MB',
    timezone: 'UTC',
    // A translated message would hide the one that reports that the server is ready.
    lc_messages: 'C',
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const server = spawn(binaries.postgres, ['-D', data, '-p', String(port), ...flags], {
    ...identity,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: environment(),
  });
  const closed = new Promise<void>((resolve) => server.once('close', () => resolve()));
  // If the run dies without its teardown, the server must not stay behind.
  const kill = (): void => void server.kill('SIGQUIT');
  process.once('exit', kill);
  const log = collect(server.stderr);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.once('close', (code) => reject(new Error(`PostgreSQL ended at its start with code ${code}: ${log()}`)));
    server.stderr.on('data', () => {
      if (log().includes('ready to accept connections')) resolve();
    });
  });
  const stop = async (): Promise<void> => {
    process.removeListener('exit', kill);
    server.kill('SIGINT');
    await closed;
  };
  return { url: `postgres://postgres@127.0.0.1:${port}/postgres`, stop };
}

/** Stores only the beginning of the output of a process: a server writes as long as it runs. */
function collect(stream: NodeJS.ReadableStream): () => string {
  let text = '';
  stream.on('data', (chunk: Buffer) => {
    if (text.length < 64_000) text += chunk.toString('utf8');
  });
  return () => text;
}

function environment(): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' };
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise<void>((resolve) => probe.close(() => resolve()));
  if (address === null || typeof address === 'string') throw new Error('The operating system provided no free port.');
  return address.port;
}
