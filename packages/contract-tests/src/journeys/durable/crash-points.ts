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
  /** The same of one kind of job. */
  | `claimed ${JobKind}`
  /** Another job has run that a job of a kind follows; neither that it has run nor the job is stored. */
  | `before ${JobKind} is stored`
  /** A job of a kind is stored, by a call or with the end of another job, and nothing after it was done. */
  | `stored ${JobKind}`
  /** Telegram has a part of the menu; that is not known here. */
  | 'before what was told is kept'
  /** That is known, and the rest is not told. */
  | 'after what was told is kept'
  /** Telegram has refused a message; that is not known here, or is, and nobody was told. */
  | 'before a failure is recorded'
  | 'after a failure is recorded'
  /** In the transaction that takes its result into the session. */
  | 'before the commit of its result'
  /** The session has gone on; its next message is not sent. */
  | 'after the commit of its result';

/** What a bot does by itself, and what its sessions wait for without having asked for it. */
export type JobKind = 'tell_menu' | 'plan_schedules' | 'schedule' | 'schedule_page' | 'session_call' | 'send_failed';

const DURABLE_KINDS: ReadonlySet<string> = new Set(['timer', 'http_request', 'run_action', 'refund_payment']);

/** The next service that comes to this point dies there, and no other. */
export async function arm(folder: string, point: CrashPoint): Promise<void> {
  await writeFile(join(folder, point), '');
}

/**
 * A storage whose process ends by SIGKILL at the point that is armed in a folder.
 *
 * @param onClaim - told of the work that was taken, and for which bot
 */
export function withCrashPoints(
  open: StorageFactory,
  folder: string,
  onClaim: (kind: string, bot_id: string) => void,
): StorageFactory {
  // Taking the file away is the trigger: of several services one succeeds.
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
