import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The example service as `pnpm start` runs it, in a separate folder. */
export interface Demo {
  readonly chatWindowUrl: string;
  /** Stops it and removes its folder. */
  stop(): Promise<void>;
}

const main = fileURLToPath(new URL('../../../../examples/service/src/main.ts', import.meta.url));

/** Starts the demo from the sources, on ports that the system chooses. */
export async function runDemo(): Promise<Demo> {
  const folder = mkdtempSync(join(tmpdir(), 'botloom-demo-'));
  const service = spawn(process.execPath, ['--conditions=botloom-source', main], {
    cwd: folder,
    env: { PATH: process.env.PATH, PORT: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<void>((resolve) => service.once('close', () => resolve()));
  let output = '';
  const chatWindowUrl = await new Promise<string>((resolve, reject) => {
    const read = (chunk: string): void => {
      output += chunk;
      const url = /Open +(\S+)/.exec(output)?.[1];
      if (url !== undefined) resolve(url);
    };
    service.stdout.setEncoding('utf8').on('data', read);
    service.stderr.setEncoding('utf8').on('data', read);
    void ended.then(() => reject(new Error(`The demo has ended:\n${output}`)));
  });
  return {
    chatWindowUrl,
    async stop() {
      service.kill();
      await ended;
      rmSync(folder, { recursive: true });
    },
  };
}
