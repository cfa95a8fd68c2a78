import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { inject } from 'vitest';

/** A service in a separate process, which can be killed. */
export interface ServiceProcess {
  readonly port: number;
  /** Its output of both streams; only the last part if it is very long. */
  output(): string;
  /** Resolves with its exit code when it has ended for any reason. */
  readonly gone: Promise<number | null>;
  /** Sends SIGKILL: the process cannot do anything more. Resolves when the process is gone. */
  kill(): Promise<void>;
  /** Sends SIGSTOP: the process is suspended, with all its connections open, until `resume`. */
  pause(): void;
  resume(): void;
  /** Sends SIGTERM; resolves with its exit code. */
  terminate(): Promise<number | null>;
}

export type ServiceName = keyof typeof SCRIPTS;

/**
 * `small`: as little around Botloom as possible, with a lease that the tests choose. `example`: the service that the
 * README starts.
 */
const SCRIPTS = {
  small: () => inject('smallService'),
  example: () => fileURLToPath(new URL('../../../../../examples/service/src/main.ts', import.meta.url)),
} as const;
/** Timeout in milliseconds, long enough for a busy machine. */
const START_TIMEOUT_MS = 60_000;
const MAX_OUTPUT_CHARS = 100_000;
/** Both services print the address of their API when they are up. */
const READY_PATTERN = /REST API +http:\/\/127\.0\.0\.1:(\d+)\/api/;

/**
 * Starts a service and waits until it reports that it is up.
 *
 * @param environment - its only environment variables, besides PATH
 */
export async function startServiceProcess(
  name: ServiceName,
  environment: Readonly<Record<string, string>>,
  cwd?: string,
): Promise<ServiceProcess> {
  const child = spawn(process.execPath, ['--conditions=botloom-source', SCRIPTS[name]()], {
    cwd,
    env: { PATH: process.env.PATH, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = collectOutput(child);
  const gone = new Promise<number | null>((resolve) => child.once('close', resolve));
  const kill = (): void => void child.kill('SIGKILL');
  // If the test run dies, it must not leave services behind.
  process.once('exit', kill);
  void gone.then(() => process.removeListener('exit', kill));
  const port = await new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    output.onChange = (text) => {
      const found = READY_PATTERN.exec(text)?.[1];
      if (found !== undefined) resolve(Number(found));
    };
    void gone.then((code) => reject(new Error(`The service ended at its start with code ${code}:\n${output.text}`)));
    setTimeout(
      () => reject(new Error(`The service was not up after ${START_TIMEOUT_MS} ms:\n${output.text}`)),
      START_TIMEOUT_MS,
    ).unref();
  });
  return {
    port,
    output: () => output.text,
    gone,
    async kill() {
      kill();
      await gone;
    },
    pause: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
    terminate() {
      child.kill('SIGTERM');
      return gone;
    },
  };
}

function collectOutput(child: ChildProcess): { text: string; onChange: (text: string) => void } {
  const output = { text: '', onChange: (_text: string): void => undefined };
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      output.text = (output.text + chunk).slice(-MAX_OUTPUT_CHARS);
      output.onChange(output.text);
    });
  }
  return output;
}
