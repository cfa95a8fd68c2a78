import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTestBotloom, type TestBotloom } from '../../../app/fixtures/create-test-botloom.ts';
import { postUpdate, textFromAnn } from '../../../app/fixtures/post-update.ts';
import type { JsonObject } from '../../../model/index.ts';
import { systemClock } from '../../../ports/index.ts';
import { sqlite } from '../../../sqlite.ts';
import type { Job, NewJob, Storage } from '../../../storage/index.ts';
import { BotCache } from '../../bots/bot-cache.ts';
import type { JobDeps, JobResult } from '../job-handler.ts';
import { planSchedules, schedule, schedulePage } from './schedule.ts';

const HOUR = 3_600_000;
const NINE = Date.parse('2026-03-02T09:00:00Z');
let own: TestBotloom;
let storage: Storage;
let bot_id: string;
let flow_id: string;
let stored: NewJob[];
let waiting: Job | null;
let warnings: string[];
let now: number;
let unsent: number;

beforeEach(async () => {
  own = await createTestBotloom({ storage: (context) => (storage = sqlite({ file: ':memory:' })(context)) });
  ({ id: bot_id } = await own.botloom.bots.create({ token: '42:AAtoken' }));
  ({ id: flow_id } = await own.botloom.flows.create(bot_id, { name: 'News', flow_data: flow({}) }));
  await own.botloom.bots.setWebhook(bot_id);
  expect(await postUpdate(own, bot_id, textFromAnn(1, 'hello'))).toBe(200);
  stored = [];
  waiting = null;
  warnings = [];
  unsent = 0;
  now = NINE - HOUR;
});
afterEach(() => own.close());

const flow = (more: object): JsonObject => ({
  triggers: [{ kind: 'schedule', cron: '0 9 * * *', ...more }],
  response: 'News',
});

/** Returns the dependencies of the handlers. They collect the jobs that the handlers store. */
function deps(): JobDeps {
  const clock = { ...systemClock, now: () => now };
  const jobs = {
    ...storage.jobs,
    add: (list: readonly NewJob[]) => Promise.resolve(void stored.push(...list)),
    find: () => Promise.resolve(waiting),
  };
  const logger = { warn: (_: object, message: string) => void warnings.push(message) };
  const bots = new BotCache({ storage, clock, maxBots: 10, ttlMs: 0 });
  // These handlers use only these dependencies.
  return { storage: { ...storage, jobs }, bots, clock, logger, backlogOfBot: () => unsent } as unknown as JobDeps;
}

const job = (given: NewJob | undefined): Job => {
  if (given === undefined) throw new Error('there is no such job');
  const { kind, payload, due_at } = given;
  return { id: 1, bot_id, kind, payload, due_at, key: null, attempts: 0, is_background: true };
};

/** Returns the jobs that are stored together with the end of a job. */
async function follow(result: Promise<JobResult>): Promise<readonly NewJob[]> {
  const done = await result;
  if (done.kind === 'committed') throw new Error('nothing of this ends in a session');
  return done.jobs ?? [];
}

async function plan(): Promise<Job> {
  await planSchedules(job({ bot_id, kind: 'plan_schedules', payload: {}, due_at: now, key: null }), deps());
  const [planned] = stored.splice(0);
  if (planned === undefined) throw new Error('nothing is planned');
  return job(planned);
}

test('a scheduled run stores a page job, the page stores one job per user, and the next run follows', async () => {
  const planned = await plan();
  expect(planned.due_at).toBe(NINE);
  now = NINE + 5;
  const result = await schedule(planned, deps());
  expect(result).toMatchObject({ kind: 'again', due_at: NINE + 24 * HOUR });
  const [page, ...others] = await follow(Promise.resolve(result));
  expect(others).toEqual([]);
  const [ann, end, ...rest] = await follow(schedulePage(job(page), deps()));
  expect([ann, end, ...rest]).toMatchObject([
    { kind: 'session_call', key: null, payload: { user_id: 7, record: null } },
    { kind: 'schedule_page', key: page?.key, due_at: now + 50 },
  ]);
  expect(await follow(schedulePage(job(end), deps()))).toEqual([]);
  // All jobs are stored together with the end of the job. Therefore none is stored twice.
  expect(stored).toEqual([]);
});

test('a run that is due while the previous run still starts users is skipped with a warning', async () => {
  const planned = await plan();
  now = NINE;
  const [page] = await follow(schedule(planned, deps()));
  waiting = job(page);
  const result = await schedule({ ...planned, due_at: NINE + 24 * HOUR }, deps());
  expect(result).toEqual({
    kind: 'again',
    due_at: NINE + 48 * HOUR,
    reason: 'the next time of the schedule',
    jobs: [],
  });
  expect(warnings).toEqual([expect.stringContaining('is skipped')]);
});

test('a retried run still runs, and a run that was missed long ago is skipped unless `missed` is `run`', async () => {
  const planned = await plan();
  now = NINE + 10_000;
  expect(await follow(schedule({ ...planned, due_at: NINE + 9_000, attempts: 2 }, deps()))).toHaveLength(1);
  now = NINE + 2 * HOUR;
  expect(await schedule(planned, deps())).toMatchObject({ kind: 'again', due_at: NINE + 24 * HOUR, jobs: [] });
  now = NINE - HOUR;
  await own.botloom.flows.update(bot_id, flow_id, { flow_data: flow({ missed: 'run' }) });
  const wanted = await plan();
  now = NINE + 49 * HOUR;
  expect(await follow(schedule(wanted, deps()))).toHaveLength(1);
});

test('a tag limits the schedule to the users with that tag', async () => {
  await own.botloom.flows.update(bot_id, flow_id, { flow_data: flow({ tag: 'vip' }) });
  const planned = await plan();
  now = NINE;
  const [page] = await follow(schedule(planned, deps()));
  const kinds = async () => (await follow(schedulePage(job(page), deps()))).map(({ kind }) => kind);
  expect(await kinds()).toEqual(['schedule_page']);
  const [ann] = (await own.botloom.users.list(bot_id)).items;
  await own.botloom.users.update(bot_id, ann?.id ?? '', { add_tags: ['vip'] });
  expect(await kinds()).toEqual(['session_call', 'schedule_page']);
});

test('the jobs of a schedule that was changed or deactivated end', async () => {
  const planned = await plan();
  now = NINE;
  const [page] = await follow(schedule(planned, deps()));
  await own.botloom.flows.update(bot_id, flow_id, { flow_data: flow({ cron: '0 10 * * *' }) });
  expect(await schedule(planned, deps())).toEqual({ kind: 'done' });
  expect(await follow(schedulePage(job(page), deps()))).toEqual([]);
  await own.botloom.flows.update(bot_id, flow_id, { is_active: false });
  expect(await follow(schedulePage(job(page), deps()))).toEqual([]);
});

test('two schedules of a flow that are due at the same time both run', async () => {
  const { triggers, response } = flow({ tag: 'vip' });
  await own.botloom.flows.update(bot_id, flow_id, {
    flow_data: {
      triggers: [...(triggers as JsonObject[]), { kind: 'schedule', cron: '0 9 * * *', tag: 'new' }],
      response,
    },
  });
  await planSchedules(job({ bot_id, kind: 'plan_schedules', payload: {}, due_at: now, key: null }), deps());
  now = NINE;
  const pages = (await Promise.all(stored.splice(0).map((planned) => follow(schedule(job(planned), deps()))))).flat();
  expect(new Set(pages.map(({ key }) => key)).size).toBe(2);
});

test('a changed time zone of the bot moves the schedules without their own time zone', async () => {
  const planned = await plan();
  await own.botloom.bots.update(bot_id, { settings: { time_zone: 'Asia/Tokyo' } });
  const moved = await plan();
  expect(moved.due_at).toBe(NINE + 15 * HOUR);
  // A waiting job keeps its time: the new job needs another key, and the old job ends.
  expect(moved.payload).not.toEqual(planned.payload);
  now = NINE;
  expect(await schedule(planned, deps())).toEqual({ kind: 'done' });
});

test('a page starts users only while the backlog of the bot leaves room for users who write', async () => {
  const planned = await plan();
  now = NINE;
  const [page] = await follow(schedule(planned, deps()));
  unsent = 501;
  expect(await schedulePage(job(page), deps())).toMatchObject({ kind: 'again', due_at: NINE + 5_000 });
  unsent = 500;
  expect(await follow(schedulePage(job(page), deps()))).toHaveLength(2);
});
