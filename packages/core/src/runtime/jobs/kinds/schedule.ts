import { z } from 'zod';
import { nextOccurrence, previousOccurrence } from '../../../engine/index.ts';
import type { ScheduleTrigger } from '../../../flow/index.ts';
import { HOUR_MS } from '../../../model/index.ts';
import type { NewJob } from '../../../storage/index.ts';
import type { CachedBot } from '../../bots/bot-cache.ts';
import type { JobDeps, JobHandler } from '../job-handler.ts';
import { sessionCallJob } from './session-call.ts';

/** Lateness after which a missed time is skipped, unless the schedule says `missed: run`. Milliseconds. */
const MAX_LATENESS_MS = HOUR_MS;
/** Users per page, and milliseconds between two users. The rate leaves room for replies to other users. */
const PAGE_SIZE = 100;
const USER_INTERVAL_MS = 50;
/**
 * Number of unsent messages of a bot above which a page waits, and the time that it waits. A flow may send more
 * messages per user than can be sent meanwhile.
 */
const MAX_BOT_BACKLOG = 500;
const BACKLOG_RETRY_DELAY_MS = PAGE_SIZE * USER_INTERVAL_MS;

const timePayload = z.object({ flow_id: z.string(), spec: z.string() });
const pagePayload = z.object({
  flow_id: z.string(),
  spec: z.string(),
  after: z.number().nullable(),
  cursor: z.string().nullable(),
  is_end: z.boolean(),
});
type SchedulePage = z.infer<typeof pagePayload>;

/** Runs after a change of flows: stores a job for every active schedule. The job recurs until the flow is changed. */
export const planSchedules: JobHandler = async (job, deps) => {
  const bot = job.bot_id === null ? null : await deps.bots.reload(job.bot_id);
  if (bot === null) return { kind: 'done' };
  const jobs: NewJob[] = [];
  for (const { flow_id, program } of bot.program.current.values()) {
    for (const trigger of program.triggers.schedules) {
      const due_at = nextOccurrence(trigger.cron, timeZoneOf(trigger, bot), deps.clock.now());
      const spec = scheduleSpecOf(trigger, bot);
      if (due_at !== null)
        jobs.push({
          bot_id: bot.bot.id,
          kind: 'schedule',
          payload: { flow_id, spec },
          due_at,
          key: `schedule:${flow_id}:${spec}`,
          is_background: true,
        });
    }
  }
  await deps.storage.jobs.add(jobs);
  return { kind: 'done' };
};

/** Runs when a time of a schedule is due. */
export const schedule: JobHandler = async (job, deps) => {
  const { flow_id, spec } = timePayload.parse(job.payload);
  const found = await findTrigger(job.bot_id, flow_id, spec, deps);
  if (found === null) return { kind: 'done' };
  const { bot, trigger } = found;
  const zone = timeZoneOf(trigger, bot);
  const now = deps.clock.now();
  // The due time of a job that failed is later than the time of the schedule.
  const tick = previousOccurrence(trigger.cron, zone, job.due_at);
  const jobs: NewJob[] = [];
  if (tick !== null && bot.bot.is_active && (trigger.missed === 'run' || now - tick <= MAX_LATENESS_MS)) {
    const first = pageJob(bot.bot.id, { flow_id, spec, after: null, cursor: null, is_end: false }, now);
    if ((await deps.storage.jobs.find(first.key)) === null) jobs.push(first);
    else
      deps.logger.warn(
        { bot_id: bot.bot.id, flow_id, due: new Date(tick).toISOString() },
        'a time of a schedule is skipped: the flow is still being started for users of the previous time',
      );
  }
  const due_at = nextOccurrence(trigger.cron, zone, Math.max(now, job.due_at));
  return due_at === null
    ? { kind: 'done', jobs }
    : { kind: 'again', due_at, reason: 'the next time of the schedule', jobs };
};

/**
 * Starts the flow for one page of users: a job per user, and a job for the next page. All of them are stored when this
 * job is deleted, so that a repeated run creates no duplicates and no state per user is needed.
 */
export const schedulePage: JobHandler = async (job, deps) => {
  const page = pagePayload.parse(job.payload);
  if (page.is_end) return { kind: 'done' };
  const found = await findTrigger(job.bot_id, page.flow_id, page.spec, deps);
  if (found?.bot.bot.is_active !== true) return { kind: 'done' };
  const bot_id = found.bot.bot.id;
  if (deps.backlogOfBot(bot_id) > MAX_BOT_BACKLOG)
    return {
      kind: 'again',
      due_at: deps.clock.now() + BACKLOG_RETRY_DELAY_MS,
      reason: 'the bot has too many unsent messages',
    };
  const { users, next } = await readPage(bot_id, found.trigger.tag, page, deps);
  const now = deps.clock.now();
  const jobs = users.map(({ chat_id }, index): NewJob => {
    const call = {
      bot_id,
      user_id: chat_id,
      places: [{ chat_id, chat_type: 'private', thread_id: 0 }],
      event: { kind: 'start', flow_id: page.flow_id, variables: {} },
      record: null,
    } as const;
    return { ...sessionCallJob(call, now + index * USER_INTERVAL_MS), is_background: true };
  });
  // The last page only waits until the flow was started for all users. Until then, further times of the schedule are
  // skipped.
  const following = { ...page, ...(next ?? { is_end: true }) };
  return { kind: 'done', jobs: [...jobs, pageJob(bot_id, following, now + users.length * USER_INTERVAL_MS)] };
};

async function readPage(
  bot_id: string,
  tag: string | null,
  { after, cursor }: SchedulePage,
  { storage }: JobDeps,
): Promise<{
  readonly users: readonly { readonly chat_id: number }[];
  readonly next: Pick<SchedulePage, 'after' | 'cursor'> | null;
}> {
  if (tag !== null) {
    const { items, next } = await storage.users.list(
      { owner: null },
      bot_id,
      { tag, is_blocked: false },
      { limit: PAGE_SIZE, cursor: cursor ?? undefined },
    );
    return { users: items, next: next === null ? null : { after: null, cursor: next } };
  }
  const users = await storage.users.listReachable(bot_id, after, PAGE_SIZE);
  const last = users.at(-1);
  return {
    users,
    next: last === undefined || users.length < PAGE_SIZE ? null : { after: last.chat_id, cursor: null },
  };
}

/** Creates the job of a page. Its key allows one per schedule. */
function pageJob(bot_id: string, page: SchedulePage, due_at: number): NewJob & { readonly key: string } {
  const key = `schedule_page:${page.flow_id}:${page.spec}`;
  return { bot_id, kind: 'schedule_page', payload: { ...page }, due_at, key, is_background: true };
}

/** Returns null if the flow does not have this schedule any more, or is not active. */
async function findTrigger(
  bot_id: string | null,
  flow_id: string,
  spec: string,
  { bots }: JobDeps,
): Promise<{ readonly bot: CachedBot; readonly trigger: ScheduleTrigger } | null> {
  const bot = bot_id === null ? null : await bots.reload(bot_id);
  const trigger = bot?.program.current
    .get(flow_id)
    ?.program.triggers.schedules.find((each) => scheduleSpecOf(each, bot) === spec);
  return bot === null || trigger === undefined ? null : { bot, trigger };
}

/** Identifies the content of a schedule, including its time zone: a waiting job is valid for this content only. */
function scheduleSpecOf(trigger: ScheduleTrigger, bot: CachedBot): string {
  const { cron, tag, missed } = trigger;
  return JSON.stringify([cron.source, timeZoneOf(trigger, bot), tag, missed]);
}

function timeZoneOf({ time_zone }: ScheduleTrigger, { bot }: CachedBot): string {
  return time_zone ?? bot.settings.time_zone ?? 'UTC';
}
