import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTestBotloom, type TestBotloom } from '../../app/fixtures/create-test-botloom.ts';
import { postUpdate, textFromAnn } from '../../app/fixtures/post-update.ts';
import type { JsonObject } from '../../model/index.ts';
import { sqlite } from '../../sqlite.ts';
import type { Job, NewJob, Storage } from '../../storage/index.ts';
import { BotCache } from '../bot-cache.ts';
import { systemClock } from '../clock.ts';
import type { JobDeps } from './job-kinds.ts';
import { planSchedules, schedule, schedulePage } from './schedule.ts';

const HOUR = 3_600_000;
const NINE = Date.parse('2026-03-02T09:00:00Z');
let own: TestBotloom;
let storage: Storage;
let bot_id: string;
let flow_id: string;
let stored: NewJob[];
let now: number;
let unsent: number;

beforeEach(async () => {
  own = await createTestBotloom({ storage: (context) => (storage = sqlite({ file: ':memory:' })(context)) });
  ({ id: bot_id } = await own.botloom.bots.create({ token: '42:AAtoken' }));
  ({ id: flow_id } = await own.botloom.flows.create(bot_id, { name: 'News', flow_data: flow({}) }));
  await own.botloom.bots.setWebhook(bot_id);
  expect(await postUpdate(own, bot_id, textFromAnn(1, 'hello'))).toBe(200);
  stored = [];
  unsent = 0;
  now = NINE - HOUR;
});
afterEach(() => own.close());

const flow = (more: object): JsonObject => ({ triggers: [{ kind: 'schedule', cron: '0 9 * * *', ...more }], response: 'News' });

/** The handlers' view of the world, with the jobs that they store. */
function deps(): JobDeps {
  const clock = { ...systemClock, now: () => now };
  const jobs = { ...storage.jobs, add: (list: readonly NewJob[]) => Promise.resolve(void stored.push(...list)) };
  const bots = new BotCache({ storage, clock, size: 10, ttl: 0 });
  // Of all that jobs are given these look at no more than this.
  return { storage: { ...storage, jobs }, bots, clock, backlogOf: () => unsent } as unknown as JobDeps;
}

const job = (given: NewJob | undefined): Job => {
  if (given === undefined) throw new Error('there is no such job');
  const { kind, payload, due_at } = given;
  return { id: 1, bot_id, kind, payload, due_at, key: null, attempts: 0, is_background: true };
};

async function plan(): Promise<Job> {
  await planSchedules(job({ bot_id, kind: 'plan_schedules', payload: {}, due_at: now, key: null }), deps());
  const [planned] = stored.splice(0);
  if (planned === undefined) throw new Error('nothing is planned');
  return job(planned);
}

test('a time has a page of people, who have jobs of the same names however often it is carried out; then the next time follows', async () => {
  const planned = await plan();
  expect(planned.due_at).toBe(NINE);
  now = NINE + 5;
  expect(await schedule(planned, deps())).toMatchObject({ kind: 'again', due_at: NINE + 24 * HOUR });
  const [page, ...others] = stored.splice(0);
  expect(others).toEqual([]);
  for (let time = 0; time < 2; time += 1) expect(await schedulePage(job(page), deps())).toEqual({ kind: 'done' });
  expect(stored.map(({ kind, key }) => [kind, key])).toEqual(Array(2).fill(['session_call', `tick:${flow_id}:${NINE}:7`]));
});

test('one that failed is of its own time still, and one that was long missed is passed over, unless it is wanted', async () => {
  const planned = await plan();
  now = NINE + 10_000;
  await schedule({ ...planned, due_at: NINE + 9_000, attempts: 2 }, deps());
  expect(stored.splice(0)).toMatchObject([{ payload: { tick: NINE } }]);
  now = NINE + 2 * HOUR;
  expect(await schedule(planned, deps())).toMatchObject({ kind: 'again', due_at: NINE + 24 * HOUR });
  expect(stored).toEqual([]);
  now = NINE - HOUR;
  await own.botloom.flows.update(bot_id, flow_id, { flow_data: flow({ missed: 'run' }) });
  const wanted = await plan();
  now = NINE + 49 * HOUR;
  await schedule(wanted, deps());
  expect(stored).toHaveLength(1);
});

test('a tag narrows whom it is for', async () => {
  await own.botloom.flows.update(bot_id, flow_id, { flow_data: flow({ tag: 'vip' }) });
  const planned = await plan();
  now = NINE;
  await schedule(planned, deps());
  const [page] = stored.splice(0);
  await schedulePage(job(page), deps());
  expect(stored).toEqual([]);
  const [ann] = (await own.botloom.users.list(bot_id)).items;
  await own.botloom.users.update(bot_id, ann?.id ?? '', { add_tags: ['vip'] });
  await schedulePage(job(page), deps());
  expect(stored).toHaveLength(1);
});

test('what was changed or switched off ends', async () => {
  const planned = await plan();
  now = NINE;
  await schedule(planned, deps());
  const [page] = stored.splice(0);
  await own.botloom.flows.update(bot_id, flow_id, { flow_data: flow({ cron: '0 10 * * *' }) });
  expect(await schedule(planned, deps())).toEqual({ kind: 'done' });
  await schedulePage(job(page), deps());
  await own.botloom.flows.update(bot_id, flow_id, { is_active: false });
  await schedulePage(job(page), deps());
  expect(stored).toEqual([]);
});

test('two times of a flow that fall together are for the people of both', async () => {
  const { triggers, response } = flow({ tag: 'vip' });
  await own.botloom.flows.update(bot_id, flow_id, { flow_data: { triggers: [...(triggers as JsonObject[]), { kind: 'schedule', cron: '0 9 * * *', tag: 'new' }], response } });
  await planSchedules(job({ bot_id, kind: 'plan_schedules', payload: {}, due_at: now, key: null }), deps());
  now = NINE;
  for (const planned of stored.splice(0)) await schedule(job(planned), deps());
  const pages = stored.splice(0);
  expect(new Set(pages.map(({ key }) => key)).size).toBe(2);
});

test('another time zone of the bot moves the times of schedules that name none', async () => {
  const planned = await plan();
  await own.botloom.bots.update(bot_id, { settings: { time_zone: 'Asia/Tokyo' } });
  const moved = await plan();
  expect(moved.due_at).toBe(NINE + 15 * HOUR);
  // What waits under a name keeps its time: the new one needs another name, and the old one ends.
  expect(moved.payload).not.toEqual(planned.payload);
  now = NINE;
  expect(await schedule(planned, deps())).toEqual({ kind: 'done' });
  expect(stored).toEqual([]);
});

test('people are begun with only when the bot has room for those who write', async () => {
  const planned = await plan();
  now = NINE;
  await schedule(planned, deps());
  const [page] = stored.splice(0);
  unsent = 501;
  expect(await schedulePage(job(page), deps())).toMatchObject({ kind: 'again', due_at: NINE + 5_000 });
  expect(stored).toEqual([]);
  unsent = 500;
  expect(await schedulePage(job(page), deps())).toEqual({ kind: 'done' });
  expect(stored).toHaveLength(1);
});
