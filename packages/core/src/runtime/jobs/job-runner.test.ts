import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { BotloomError } from '../../errors/index.ts';
import { createOutbound } from '../../outbound/index.ts';
import { createManualClock, silentLogger, type ManualClock } from '../../ports/index.ts';
import type { Job, JobOutcome, JobStore, Storage } from '../../storage/index.ts';
import { BotCache } from '../bots/bot-cache.ts';
import { createTestStorage, flushEventLoop, type TestStorage } from '../fixtures/create-test-storage.ts';
import { apiError, createStubTelegram, type StubTelegram } from '../fixtures/stub-telegram.ts';
import { JobRunner, type JobRunnerDeps } from './job-runner.ts';

const ME = 'me';

interface Lab extends TestStorage {
  readonly clock: ManualClock;
  readonly telegram: StubTelegram;
  /** The recorded outcomes, in order. */
  readonly outcomes: JobOutcome[];
  readonly claims: number[];
  holds: boolean;
  isBusy: boolean;
  runner(jobs?: Partial<JobStore>, deliver?: JobRunnerDeps['deliver'], owner?: string): JobRunner;
  add(kind: string, payload?: Job['payload']): Promise<void>;
  after(duration: number): Promise<void>;
}

let lab: Lab;

beforeEach(async () => {
  const base = await createTestStorage();
  const clock = createManualClock();
  const outcomes: JobOutcome[] = [];
  const claims: number[] = [];
  lab = {
    ...base,
    clock,
    telegram: createStubTelegram(),
    outcomes,
    claims,
    holds: true,
    isBusy: false,
    runner(jobs = {}, deliver = () => Promise.reject(new Error('no session here')), owner = ME) {
      const storage: Storage = {
        ...base.storage,
        jobs: {
          ...base.storage.jobs,
          claimDue(owner, now, limit, background) {
            claims.push(limit);
            return base.storage.jobs.claimDue(owner, now, limit, background);
          },
          recordOutcomes(owner, list) {
            outcomes.push(...list);
            return base.storage.jobs.recordOutcomes(owner, list);
          },
          ...jobs,
        },
      };
      const bots = new BotCache({ storage, clock, maxBots: 10, ttlMs: 1_000 });
      return new JobRunner({
        currentOwner: () => owner,
        storage,
        telegram: lab.telegram,
        bots,
        clock,
        logger: silentLogger,
        concurrency: 8,
        mayServe: () => lab.holds,
        hasForegroundWork: () => lab.isBusy,
        outbound: createOutbound(),
        actions: new Map(),
        backlogOfBot: () => 0,
        deliver,
      });
    },
    add: (kind, payload = {}) =>
      base.storage.jobs.add([{ bot_id: null, kind, payload, due_at: clock.now(), key: null }]),
    async after(duration) {
      clock.advance(duration);
      await flushEventLoop();
    },
  };
  await lab.storage.instances.register(ME, ME, 60_000);
});

afterEach(() => lab.storage.close());

describe('JobRunner', () => {
  test('a recurring job starts with zero attempts each time: its runs are not counted as failures', async () => {
    await lab.add('prune_seen_updates');
    const runner = lab.runner();
    runner.startWaiting();
    for (let hour = 0; hour < 10; hour += 1) {
      await lab.after(50);
      await lab.after(50);
      await lab.after(60 * 60 * 1000);
    }
    expect(lab.outcomes.length).toBeGreaterThanOrEqual(10);
    expect(
      new Set(lab.outcomes.map((outcome) => (outcome.kind === 'postponed' ? outcome.attempts : outcome.kind))),
    ).toEqual(new Set([0]));
  });

  test('a failing job is retried with growing delays and fails after eight attempts', async () => {
    await lab.add('of another version');
    const runner = lab.runner();
    runner.startWaiting();
    for (let hour = 0; hour < 200; hour += 1) await lab.after(120_000);
    expect(lab.outcomes.map(({ kind }) => kind)).toEqual([...Array.from({ length: 7 }, () => 'postponed'), 'failed']);
    expect(lab.outcomes.map((outcome) => (outcome.kind === 'postponed' ? outcome.attempts : null))).toEqual([
      1,
      2,
      3,
      4,
      5,
      6,
      7,
      null,
    ]);
  });

  test('a job whose claim response was lost is claimed again, but a job that runs for long is not', async () => {
    const bot = await lab.bot();
    let isLost = true;
    const { claimDue } = lab.storage.jobs;
    const runner = lab.runner({
      async claimDue(...given) {
        const jobs = await claimDue(...given);
        if (jobs.length > 0 && isLost) {
          isLost = false;
          throw new BotloomError('STORAGE_UNAVAILABLE');
        }
        return jobs;
      },
    });
    await lab.add('of another version');
    runner.startWaiting();
    await lab.after(50);
    lab.telegram.answer = () => new Promise(() => undefined);
    await lab.storage.jobs.add([
      { bot_id: bot, kind: 'read_profile', payload: { user_id: bot, chat_id: 7 }, due_at: lab.clock.now(), key: null },
    ]);
    for (let second = 0; second < 100; second += 1) await lab.after(1_000);
    expect(lab.outcomes.slice(0, 1)).toMatchObject([{ kind: 'postponed', attempts: 1 }]);
    expect(lab.telegram.calls).toHaveLength(1);
  });

  test('no job is claimed while the lease is not held', async () => {
    await lab.add('prune_seen_updates');
    lab.holds = false;
    const runner = lab.runner();
    runner.startWaiting();
    await lab.after(5_000);
    expect(lab.claims).toEqual([]);
    lab.holds = true;
    await lab.after(2_000);
    await lab.after(250);
    expect(lab.outcomes).toHaveLength(1);
  });

  test('many timers that are due at the same time run a few at a time, each once', { timeout: 60_000 }, async () => {
    const bot = await lab.bot();
    const storm = 1_000;
    const job = (chat_id: number) => ({
      bot_id: bot,
      kind: 'timer',
      payload: {
        chat_id,
        chat_type: 'private',
        thread_id: 0,
        user_id: chat_id,
        token: 't',
        purpose: 'wait',
        number: 0,
      },
      due_at: lab.clock.now(),
      key: null,
    });
    await lab.storage.jobs.add(Array.from({ length: storm }, (_, index) => job(index + 1)));
    const delivered: number[] = [];
    let underWay = 0;
    let most = 0;
    const runner = lab.runner({}, async ({ job_id, places }) => {
      most = Math.max(most, (underWay += 1));
      await lab.storage.jobs.recordOutcomes(ME, [{ id: job_id, kind: 'done', profile: null }]);
      underWay -= 1;
      delivered.push(places[0]?.key.chat_id ?? 0);
      return { result: 'processed', outcomes: [] };
    });
    runner.startWaiting();
    for (let time = 0; delivered.length < storm / 2; time += 1) await lab.after(50);
    await lab.storage.jobs.add([job(storm + 1)]);
    runner.wake();
    for (let time = 0; delivered.length <= storm; time += 1) await lab.after(50);
    expect(new Set(delivered).size).toBe(storm + 1);
    expect(delivered).toHaveLength(storm + 1);
    expect(most).toBeLessThanOrEqual(8);
    expect(Math.max(...lab.claims)).toBeLessThanOrEqual(8 * 4);
    await runner.stop(1_000);
  });

  test('queued jobs behind slow ones are released to an instance with free capacity', async () => {
    const bot = await lab.bot();
    lab.telegram.answer = () => new Promise(() => undefined);
    await lab.storage.jobs.add(
      Array.from({ length: 20 }, (_, chat_id) => ({
        bot_id: bot,
        kind: 'read_profile',
        payload: { user_id: bot, chat_id },
        due_at: 0,
        key: null,
      })),
    );
    await lab.storage.instances.register('other', 'other', 60_000);
    lab.runner().startWaiting();
    await lab.after(50);
    expect(lab.telegram.calls).toHaveLength(8);
    lab.runner({}, undefined, 'other').startWaiting();
    for (let second = 0; second < 6; second += 1) await lab.after(1_000);
    expect(lab.telegram.calls).toHaveLength(16);
    // The jobs that are left are not claimed. They start at the first instance with free capacity.
    expect(await lab.storage.jobs.claimDue(ME, lab.clock.now(), 100)).toHaveLength(4);
  });

  test('jobs that were claimed in advance and wait behind slow jobs are released', async () => {
    const bot = await lab.bot();
    for (let each = 0; each < 40; each += 1) await lab.add('of another version');
    const runner = lab.runner();
    runner.startWaiting();
    for (let time = 0; time < 10; time += 1) await lab.after(50);
    lab.telegram.answer = () => new Promise(() => undefined);
    await lab.storage.jobs.add(
      Array.from({ length: 30 }, (_, chat_id) => ({
        bot_id: bot,
        kind: 'read_profile',
        payload: { user_id: bot, chat_id },
        due_at: lab.clock.now(),
        key: null,
      })),
    );
    runner.wake();
    await lab.after(50);
    expect(lab.claims.at(-1)).toBe(32);
    expect(lab.telegram.calls).toHaveLength(8);
    for (let time = 0; time < 10; time += 1) await lab.after(500);
    const free = await lab.storage.jobs.claimDue('other', lab.clock.now(), 100);
    expect(free.filter(({ kind }) => kind === 'read_profile').map(({ attempts }) => attempts)).toEqual(
      Array.from({ length: 22 }, () => 0),
    );
  });

  test('quick jobs are claimed in larger batches', async () => {
    for (let each = 0; each < 400; each += 1) await lab.add('of another version');
    const runner = lab.runner();
    runner.startWaiting();
    for (let time = 0; time < 20; time += 1) await lab.after(50);
    expect(lab.claims.slice(0, 3)).toEqual([8, 32, 32]);
    await lab.after(250);
    expect(lab.outcomes).toHaveLength(400);
    await runner.stop(1_000);
  });

  test('any number of jobs that were claimed while the lease expired start when it is held again', async () => {
    for (let each = 0; each < 50; each += 1) await lab.add('of another version');
    await lab.storage.jobs.add(
      Array.from({ length: 20 }, () => ({
        bot_id: null,
        kind: 'of another version',
        payload: {},
        due_at: 0,
        key: null,
        is_background: true,
      })),
    );
    const { claimDue } = lab.storage.jobs;
    const runner = lab.runner({
      claimDue: async (...claim) => {
        const jobs = await claimDue(...claim);
        lab.holds = false;
        return jobs;
      },
    });
    runner.startWaiting();
    await lab.after(50);
    lab.holds = true;
    await lab.after(2_000);
    await lab.after(2_000);
    expect(lab.outcomes.length).toBeGreaterThan(0);
  });

  test('background jobs use a quarter of the capacity, and the next one starts when one ends', async () => {
    const bot = await lab.bot();
    const answers: (() => void)[] = [];
    lab.telegram.answer = () =>
      new Promise((resolve) =>
        answers.push(() => {
          resolve({});
        }),
      );
    for (let chat_id = 1; chat_id <= 3; chat_id += 1) {
      await lab.storage.jobs.add([
        {
          bot_id: bot,
          kind: 'read_profile',
          payload: { user_id: bot, chat_id },
          due_at: lab.clock.now(),
          key: null,
          is_background: true,
        },
      ]);
    }
    const runner = lab.runner();
    runner.startWaiting();
    await lab.after(50);
    expect(answers).toHaveLength(2);
    for (let step = 0; step < 8; step += 1) {
      answers.shift()?.();
      await lab.after(50);
    }
    expect(lab.telegram.calls.filter(({ method }) => method === 'getChat')).toHaveLength(3);
    expect(lab.outcomes.map(({ kind }) => kind)).toEqual(['done', 'done', 'done']);
  });

  test('background jobs wait for foreground work, for a minute at most', async () => {
    lab.isBusy = true;
    await lab.storage.jobs.add([
      { bot_id: null, kind: 'of another version', payload: {}, due_at: 0, key: null, is_background: true },
    ]);
    lab.runner().startWaiting();
    for (let second = 0; second < 56; second += 2) await lab.after(2_000);
    expect(lab.outcomes).toEqual([]);
    for (let second = 0; second < 8; second += 2) await lab.after(2_000);
    expect(lab.outcomes).toHaveLength(1);
  });

  test('a foreground job does not wait behind background jobs', async () => {
    const bot = await lab.bot();
    lab.telegram.answer = () => new Promise(() => undefined);
    const profiles = Array.from({ length: 50 }, (_, chat_id) => ({
      bot_id: bot,
      kind: 'read_profile',
      payload: { user_id: bot, chat_id },
      due_at: 0,
      key: null,
      is_background: true,
    }));
    await lab.storage.jobs.add(profiles);
    const runner = lab.runner();
    runner.startWaiting();
    await lab.after(50);
    expect(lab.telegram.calls).toHaveLength(2);
    await lab.add('of another version');
    await lab.after(2_000);
    await lab.after(250);
    expect(lab.outcomes.map(({ kind }) => kind)).toEqual(['postponed']);
  });

  test('a profile job is done when Telegram rejects the call, but is retried after a 429', async () => {
    const bot = await lab.bot();
    await lab.storage.jobs.add([
      { bot_id: bot, kind: 'read_profile', payload: { user_id: bot, chat_id: 1 }, due_at: lab.clock.now(), key: null },
    ]);
    lab.telegram.answer = () => {
      throw lab.telegram.calls.length === 1
        ? apiError(429, 'Too Many Requests', { retry_after: 1 })
        : apiError(403, 'Forbidden');
    };
    const runner = lab.runner();
    runner.startWaiting();
    for (let step = 0; step < 10; step += 1) await lab.after(500);
    expect(lab.outcomes.map(({ kind }) => kind)).toEqual(['postponed', 'done']);
  });

  test('continues after a database outage, and can be stopped during one', async () => {
    await lab.add('prune_seen_updates');
    let isAway = true;
    const { claimDue } = lab.storage.jobs;
    const runner = lab.runner({
      claimDue: (owner, now, limit) =>
        isAway ? Promise.reject(new BotloomError('STORAGE_UNAVAILABLE')) : claimDue(owner, now, limit),
    });
    runner.startWaiting();
    await lab.after(2_000);
    isAway = false;
    await lab.after(2_000);
    await lab.after(250);
    expect(lab.outcomes).toHaveLength(1);
    isAway = true;
    await runner.stop(1_000);
  });
});
