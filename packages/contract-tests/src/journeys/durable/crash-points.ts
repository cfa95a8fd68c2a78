import { unlinkSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { NewJob, Storage, StorageFactory } from '@botloom/core';

/** Moments in the life of durable work at which a service can be killed. */
export type CrashPoint =
  /** In the transaction that stores the request of a step. */
  | 'before its commit'
  /** It is stored; nothing was sent and no instance was notified. */
  | 'after its commit'
  /** An API call is stored, but was not carried out. */
  | 'begun'
  /** A service has claimed the work, but not started it. */
  | 'claimed'
  /** The same for one kind of job. */
  | `claimed ${JobKind}`
  /** A job has run that leads to a job of a kind; neither its result nor the new job is stored. */
  | `before ${JobKind} is stored`
  /** A job of a kind is stored, by a call or with the end of another job, and nothing after it was done. */
  | `stored ${JobKind}`
  /** Telegram has a part of the menu, but this is not recorded. */
  | 'before what was told is kept'
  /** This is recorded, but the rest was not sent to Telegram. */
  | 'after what was told is kept'
  /** Telegram has rejected a message; this is not recorded, or it is recorded but no session was notified. */
  | 'before a failure is recorded'
  | 'after a failure is recorded'
  /** In the transaction that applies its result to the session. */
  | 'before the commit of its result'
  /** The session has continued; its next message is not sent. */
  | 'after the commit of its result';

/** Work that a bot does on its own, and results that its sessions wait for without a request. */
export type JobKind = 'tell_menu' | 'plan_schedules' | 'schedule' | 'schedule_page' | 'session_call' | 'send_failed';

const DURABLE_KINDS: ReadonlySet<string> = new Set(['timer', 'http_request', 'run_action', 'refund_payment']);

/** Arms a crash point: the next service that reaches it dies there, and no other. */
export async function arm(folder: string, point: CrashPoint): Promise<void> {
  await writeFile(join(folder, point), '');
}

/**
 * Returns a storage whose process ends with SIGKILL at the crash point that is armed in a folder.
 *
 * @param onClaim - receives the claimed work and its bot
 */
export function withCrashPoints(
  open: StorageFactory,
  folder: string,
  onClaim: (kind: string, bot_id: string) => void,
): StorageFactory {
  // Removing the file is the trigger: only one of several services succeeds.
  const crashIfArmed = (point: CrashPoint): void => {
    try {
      unlinkSync(join(folder, point));
    } catch {
      return;
    }
    process.kill(process.pid, 'SIGKILL');
  };
  return (context) => {
    const storage = open(context);
    return {
      ...storage,
      updates: crashingUpdates(storage, crashIfArmed),
      jobs: crashingJobs(storage, crashIfArmed, onClaim),
      outbox: crashingOutbox(storage, crashIfArmed),
      bots: crashingBots(storage, crashIfArmed),
    };
  };
}

function crashingUpdates({ updates }: Storage, crashIfArmed: (point: CrashPoint) => void): Storage['updates'] {
  return {
    async processBatch(owner, inputs, now, decide) {
      const isResult = inputs.some(({ claim }) => claim.kind === 'job');
      const requestedJobs: NewJob[] = [];
      const outcome = await updates.processBatch(owner, inputs, now, (locked) => {
        const decision = decide(locked);
        if (decision.kind === 'commit') {
          if (isResult) crashIfArmed('before the commit of its result');
          else requestedJobs.push(...decision.writes.jobs.filter(({ kind }) => DURABLE_KINDS.has(kind)));
          if (requestedJobs.length > 0) crashIfArmed('before its commit');
        }
        return decision;
      });
      if (requestedJobs.length > 0) crashIfArmed('after its commit');
      if (isResult) crashIfArmed('after the commit of its result');
      return outcome;
    },
  };
}

function crashingJobs(
  { jobs }: Storage,
  crashIfArmed: (point: CrashPoint) => void,
  onClaim: (kind: string, bot_id: string) => void,
): Storage['jobs'] {
  return {
    ...jobs,
    async add(added) {
      await jobs.add(added);
      // Kinds that no test arms have no file.
      for (const kind of new Set(added.map((job) => job.kind))) crashIfArmed(`stored ${kind as JobKind}`);
    },
    async recordOutcomes(owner, outcomes) {
      const kinds = new Set(
        outcomes.flatMap((outcome) =>
          outcome.kind === 'failed' ? [] : (outcome.jobs ?? []).map((job) => job.kind as JobKind),
        ),
      );
      for (const kind of kinds) crashIfArmed(`before ${kind} is stored`);
      await jobs.recordOutcomes(owner, outcomes);
      for (const kind of kinds) crashIfArmed(`stored ${kind}`);
    },
    async createOwned(...given) {
      const begun = await jobs.createOwned(...given);
      if (begun.is_new) crashIfArmed('begun');
      return begun;
    },
    async claimDue(...given) {
      const claimed = await jobs.claimDue(...given);
      for (const { kind, bot_id } of claimed) {
        if (bot_id === null) continue;
        onClaim(kind, bot_id);
        crashIfArmed(`claimed ${kind as JobKind}`);
        if (DURABLE_KINDS.has(kind)) crashIfArmed('claimed');
      }
      return claimed;
    },
  };
}

function crashingOutbox({ outbox }: Storage, crashIfArmed: (point: CrashPoint) => void): Storage['outbox'] {
  return {
    ...outbox,
    async recordOutcomes(owner, outcomes) {
      const isFailure = outcomes.some(({ kind }) => kind === 'failed');
      if (isFailure) crashIfArmed('before a failure is recorded');
      await outbox.recordOutcomes(owner, outcomes);
      if (isFailure) crashIfArmed('after a failure is recorded');
    },
  };
}

function crashingBots({ bots }: Storage, crashIfArmed: (point: CrashPoint) => void): Storage['bots'] {
  return {
    ...bots,
    async saveSyncedMenu(...given) {
      crashIfArmed('before what was told is kept');
      const isKept = await bots.saveSyncedMenu(...given);
      crashIfArmed('after what was told is kept');
      return isKept;
    },
  };
}
