import { spawn } from 'node:child_process';
import { workspaceRoot } from '../workspace.ts';
import type { Task, TaskResult } from './task.ts';

/**
 * Runs all tasks, several at a time, even if one fails.
 *
 * @param parallel - number of tasks that run at the same time
 */
export async function runStage(tasks: readonly Task[], parallel: number): Promise<TaskResult[]> {
  const waiting = [...tasks];
  const results: TaskResult[] = [];
  const work = async (): Promise<void> => {
    for (let task = waiting.shift(); task; task = waiting.shift()) results.push(await runTask(task));
  };
  await Promise.all(Array.from({ length: parallel }, work));
  return results;
}

async function runTask(task: Task): Promise<TaskResult> {
  const start = performance.now();
  if (task.streamsOutput) console.log(`\n▶ ${task.name}`);
  const { ok, output } = await execute(task);
  const seconds = (performance.now() - start) / 1000;
  console.log(`${ok ? '✔' : '✘'} ${task.name} (${seconds.toFixed(1)} s)`);
  // The output of a task matters only if it fails.
  if (!ok && output) console.log(output.trimEnd());
  return { name: task.name, ok, seconds };
}

function execute({ command, env, streamsOutput: live }: Task): Promise<{ ok: boolean; output: string }> {
  const [program, ...args] = command;
  const child = spawn(program, args, {
    cwd: workspaceRoot,
    env: { ...process.env, ...env },
    stdio: ['ignore', live ? 'inherit' : 'pipe', live ? 'inherit' : 'pipe'],
    // npm's programs are .cmd files on Windows.
    shell: process.platform === 'win32',
  });
  let output = '';
  const collect = (chunk: Buffer): void => {
    output += chunk.toString('utf8');
  };
  child.stdout?.on('data', collect);
  child.stderr?.on('data', collect);
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ ok: false, output: String(error) }));
    child.once('close', (code) => resolve({ ok: code === 0, output }));
  });
}
