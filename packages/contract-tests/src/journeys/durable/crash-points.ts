import { unlinkSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { NewJob, Storage, StorageFactory } from '@botloom/core';

/** Where in the life of durable work a service can be killed. */
export type CrashPoint =
  /** In the transaction that stores what a step asks for. */
  | 'before its commit'
  /** It is stored; nothing was sent, nobody has heard of it. */
  | 'after its commit'
  /** A call from outside is stored, and was not carried out. */
  | 'begun'
  /** A service has taken it and not begun. */
  | 'claimed'
  /** In the transaction that takes its result into the session. */
  | 'before the commit of its result'
  /** The session has gone on; its next message is not sent. */
  | 'after the commit of its result';

const DURABLE: ReadonlySet<string> = new Set(['timer', 'http_request', 'run_action']);

/** The next service that comes to this point dies there, and no other. */
export async function arm(folder: string, point: CrashPoint): Promise<void> {
  await writeFile(join(folder, point), '');
}

/**
 * A storage whose process ends by SIGKILL at the point that is armed in a folder.
 *
 * @param onClaim - told of the bot for which durable work was taken
 */
export function withCrashPoints(open: StorageFactory, folder: string, onClaim: (bot_id: string) => void): StorageFactory {
  // Taking the file away is the trigger: of several services one succeeds.
  const reach = (point: CrashPoint): void => {
    try {
      unlinkSync(join(folder, point));
    } catch {
      return;
    }
    process.kill(process.pid, 'SIGKILL');
  };
  return (context) => {
    const storage = open(context);
    return { ...storage, updates: crashingUpdates(storage, reach), jobs: crashingJobs(storage, reach, onClaim) };
  };
}

function crashingUpdates({ updates }: Storage, reach: (point: CrashPoint) => void): Storage['updates'] {
  return {
    async processBatch(owner, inputs, now, decide) {
      const isResult = inputs.some(({ claim }) => claim.kind === 'job');
      const asked: NewJob[] = [];
      const outcome = await updates.processBatch(owner, inputs, now, (locked) => {
        const decision = decide(locked);
        if (decision.kind === 'commit') {
          if (isResult) reach('before the commit of its result');
          else asked.push(...decision.writes.jobs.filter(({ kind }) => DURABLE.has(kind)));
          if (asked.length > 0) reach('before its commit');
        }
        return decision;
      });
      if (asked.length > 0) reach('after its commit');
      if (isResult) reach('after the commit of its result');
      return outcome;
    },
  };
}

function crashingJobs({ jobs }: Storage, reach: (point: CrashPoint) => void, onClaim: (bot_id: string) => void): Storage['jobs'] {
  return {
    ...jobs,
    async begin(...given) {
      const begun = await jobs.begin(...given);
      if (begun.is_new) reach('begun');
      return begun;
    },
    async claimDue(...given) {
      const claimed = await jobs.claimDue(...given);
      for (const { kind, bot_id } of claimed) {
        if (bot_id === null || !DURABLE.has(kind)) continue;
        onClaim(bot_id);
        reach('claimed');
      }
      return claimed;
    },
  };
}
