import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** A service in a process of its own, which can be killed. */
export interface ServiceProcess {
  readonly port: number;
  /** SIGKILL: nothing of it gets to do anything any more. Resolves with the moment it was sent, in milliseconds since 1970, when the process is gone. */
  kill(): Promise<number>;
  /** SIGTERM; resolves with its exit code. */
  terminate(): Promise<number | null>;
  /** The last lines it wrote. */
  tail(): string;
}

/** What the script `service.ts` takes, as environment. */
export interface ServiceEnvironment {
  readonly DATABASE_URL: string;
  readonly PUBLIC_URL: string;
  readonly TELEGRAM_API_ROOT: string;
  readonly API_KEY: string;
  /** Milliseconds. */
  readonly LEASE: string;
}

const SCRIPT = fileURLToPath(new URL('service.ts', import.meta.url));
const KEPT_LINES = 30;

/** Starts the service and waits until it listens. */
export async function startServiceProcess(environment: ServiceEnvironment): Promise<ServiceProcess> {
  const child = fork(SCRIPT, {
    execArgv: ['--conditions=botloom-source'],
    env: { PATH: process.env.PATH, ...environment },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const lines = keepLines(child);
  const gone = new Promise<number | null>((resolve) => child.once('close', resolve));
  const kill = (): void => void child.kill('SIGKILL');
  // A run that dies must not leave services behind.
  process.once('exit', kill);
  void gone.then(() => process.removeListener('exit', kill));
  const port = await new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('message', (message) => resolve(Number(message)));
    void gone.then((code) => reject(new Error(`The service ended at its start with code ${code}:\n${lines.join('\n')}`)));
  });
  return {
    port,
    async kill() {
      const at = Date.now();
      child.kill('SIGKILL');
      await gone;
      return at;
    },
    terminate() {
      child.kill('SIGTERM');
      return gone;
    },
    tail: () => lines.join('\n'),
  };
}

function keepLines(child: ChildProcess): readonly string[] {
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      lines.push(...chunk.toString('utf8').trimEnd().split('\n'));
      lines.splice(0, lines.length - KEPT_LINES);
    });
  }
  return lines;
}
