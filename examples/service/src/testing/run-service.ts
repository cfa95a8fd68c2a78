import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The service as a separate process, as a user runs it. */
export interface RunningService {
  /** Output so far, of stdout and stderr. */
  output(): string;
  /** Waits until the service has printed its URL. Rejects if the process ends earlier. */
  url(): Promise<string>;
  /** URL of the chat window that the demo has printed. */
  chatWindow(): string;
  /** Sends a signal (by default SIGTERM) and returns the exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
  /** Waits for the end of the process and returns the exit code. */
  ended(): Promise<number | null>;
  kill(): Promise<void>;
}

const main = fileURLToPath(new URL('../main.ts', import.meta.url));

/** Starts the service from the sources. It receives only these environment variables and `PATH`. */
export function runService(environment: Readonly<Record<string, string>>, cwd: string): RunningService {
  const child = spawn(process.execPath, ['--conditions=botloom-source', main], {
    cwd,
    env: { PATH: process.env.PATH, ...environment },
  });
  let text = '';
  const listeners = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      for (const listener of listeners) listener();
    });
  }
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));

  function found(pattern: RegExp): Promise<string> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const match = pattern.exec(text)?.[1];
        if (match !== undefined) resolve(match);
      };
      listeners.add(look);
      look();
      void ended.then((code) => {
        reject(new Error(`The service has ended with ${code}:\n${text}`));
      });
    });
  }

  return {
    output: () => text,
    url: () => found(/REST API +(\S+)\/api\n[^]*Ctrl\+C/),
    chatWindow: () => /Open +(\S+)/.exec(text)?.[1] ?? '',
    async stop(signal = 'SIGTERM') {
      child.kill(signal);
      return ended;
    },
    ended: () => ended,
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
