import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const WORKER = fileURLToPath(new URL('../src/journeys/processes/worker.ts', import.meta.url));

test.each(['polling', 'jobs', 'dispatch'])(
  'a process that only runs %s stays alive until it is stopped, and then ends',
  async (role) => {
    const child = spawn(process.execPath, ['--conditions=botloom-source', WORKER], {
      env: { PATH: process.env.PATH, ROLE: role },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = once(child, 'exit');
    const heard = once(child.stdout, 'data').then(([text]) => String(text));
    expect(await Promise.race([heard, ended.then(() => 'it ended')])).toBe('still here\n');
    child.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
  },
);
