import { beforeAll, describe, expect, test } from 'vitest';
import type { StageBot } from '../stage/stage.ts';
import { until } from '../until.ts';
import type { CrashPoint } from './crash-points.ts';
import { useCrashStage, type CrashStageOptions } from './crash-stage.ts';
import { makeDue, waitingJobs } from './job-rows.ts';

/** Where a service can be killed that tells Telegram what a bot's menu is, and how often Telegram is told the list of commands then. */
const MENU_MOMENTS = {
  'stored tell_menu': 1,
  'claimed tell_menu': 1,
  'while it runs': 2,
  'before what was told is kept': 2,
  'after what was told is kept': 1,
} as const satisfies Partial<Record<CrashPoint | 'while it runs', number>>;

/** Where a service can be killed between a new schedule and what its time does for each person: when the schedule is planned, and when its time has come. */
const PLAN_MOMENTS = [
  'stored plan_schedules',
  'claimed plan_schedules',
  'stored schedule',
] as const satisfies readonly CrashPoint[];
const TIME_MOMENTS = [
  'claimed schedule',
  'before schedule_page is stored',
  'stored schedule_page',
  'claimed schedule_page',
  'before session_call is stored',
  'stored session_call',
  'claimed session_call',
  'before the commit of its result',
  'after the commit of its result',
] as const satisfies readonly CrashPoint[];

const HELLO = { trigger_command: 'start', flow_data: { response: 'Hello' } };
/** Its time is never while the tests run: they say when it has come. */
const NEWS = {
  name: 'News',
  flow_data: {
    triggers: [{ kind: 'schedule', cron: '0 5 1 1 *', missed: 'run' }],
    response: 'News for {{ user.first_name }}',
  },
};

/** Kills a service at every stage of what a bot does by itself. Declares the tests. */
export function describeBotWorkCrashes(options: CrashStageOptions): void {
  const stage = useCrashStage(options);

  describe('the menu of commands and the descriptions', () => {
    test.each(Object.entries(MENU_MOMENTS))('killed: %s', { timeout: 60_000 }, async (killed, tellings) => {
      const { cluster } = stage;
      const bot = await stage.createBot('menu', [HELLO]);
      const death = stage.watch();
      const flow = {
        name: 'Help',
        trigger_command: 'help',
        flow_data: { description: 'Shows what there is', response: 'There is this' },
      };
      const publish = () => cluster.api.send('POST', `${bot.path}/flows`, { body: flow });
      if (killed === 'while it runs') {
        const { telegram } = cluster;
        telegram.fail({ bot: bot.fake, method: 'setMyCommands', with: 'accepted_then_timeout' });
        await publish();
        await cluster.explain(
          until(() => telegram.callsTo({ bot: bot.fake, method: 'setMyCommands' }).some(({ applied }) => applied), {
            what: 'the commands to be told',
          }),
        );
        await stage.killWhoTook('tell_menu', bot);
      } else {
        // The keys are those of the table.
        await stage.arm(killed as Exclude<keyof typeof MENU_MOMENTS, 'while it runs'>);
        const status = await publish().then(
          (answer) => answer.status,
          () => 'no answer',
        );
        expect(status === 201).toBe(killed !== 'stored tell_menu');
      }
      const complete = await death();
      // Who got no answer asks again.
      if (killed === 'stored tell_menu') expect(await publish()).toMatchObject({ status: 201 });
      await cluster.explain(noneLeft(bot, 'tell_menu'));
      expect(await menu(bot)).toEqual([{ command: 'help', description: 'Shows what there is' }]);
      expect(cluster.telegram.callsTo({ bot: bot.fake, method: 'setMyCommands' })).toHaveLength(tellings);
      await complete();
    });
  });

  describe('a schedule', () => {
    /** One for each moment: changes gather for seconds before a schedule is planned. */
    let planned: readonly StageBot[];

    beforeAll(async () => {
      planned = await Promise.all(TIME_MOMENTS.map(() => stage.createBot('time', [HELLO, NEWS])));
      for (const bot of planned) await meet(bot);
      await stage.cluster.explain(Promise.all(planned.map(isPlanned)));
    }, 60_000);

    test.each(PLAN_MOMENTS)('killed while it is planned: %s', { timeout: 60_000 }, async (killed) => {
      const bot = await stage.createBot('plan', [HELLO]);
      await meet(bot);
      const death = stage.watch();
      await stage.arm(killed);
      const publish = () => stage.cluster.api.send('POST', `${bot.path}/flows`, { body: NEWS });
      await publish().catch(() => undefined);
      const complete = await death();
      if (killed === 'stored plan_schedules') expect(await publish()).toMatchObject({ status: 201 });
      await stage.cluster.explain(isPlanned(bot));
      await makeDue(stage.databaseUrl, bot.id, 'schedule');
      await expectNewsOnce(bot);
      await complete();
    });

    test.each(TIME_MOMENTS.map((killed, index) => ({ killed, index })))(
      'killed when its time has come: $killed',
      { timeout: 60_000 },
      async ({ killed, index }) => {
        const bot = planned[index];
        if (bot === undefined) throw new Error('there is a bot for each moment');
        const death = stage.watch();
        await stage.arm(killed);
        await makeDue(stage.databaseUrl, bot.id, 'schedule');
        const complete = await death();
        await expectNewsOnce(bot);
        await complete();
      },
    );
  });

  async function meet(bot: StageBot): Promise<void> {
    for (const name of ['Ann', 'Bob']) {
      const person = stage.cluster.telegram.user(name).in(bot.fake);
      await person.send('/start');
      await stage.cluster.explain(person.expectReply('Hello'));
    }
  }

  /** What Telegram shows. */
  async function menu({ fake }: StageBot): Promise<unknown> {
    const response = await fetch(`${stage.cluster.telegram.url}/bot${fake.token}/getMyCommands`);
    return ((await response.json()) as { result: unknown }).result; // as the fake answers
  }

  function noneLeft(bot: StageBot, kind: string): Promise<true> {
    return until(async () => (await waitingJobs(stage.databaseUrl, bot.id, kind)) === 0, {
      what: `no ${kind} to be left`,
      timeout: 30_000,
    });
  }

  async function isPlanned(bot: StageBot): Promise<void> {
    await until(async () => (await waitingJobs(stage.databaseUrl, bot.id, 'schedule')) === 1, {
      what: 'the schedule to be planned',
      timeout: 30_000,
    });
    await noneLeft(bot, 'plan_schedules');
  }

  /** Each of the two is told once; the schedule waits for its next time. */
  async function expectNewsOnce(bot: StageBot): Promise<void> {
    const wanted = ['News for Ann', 'News for Bob'];
    let last: readonly string[] = [];
    const isTold = async () => {
      const all = await stage.outgoing(bot);
      const jobs = await Promise.all(
        ['schedule_page', 'session_call'].map((kind) => waitingJobs(stage.databaseUrl, bot.id, kind)),
      );
      last = [...all.map(({ text, status }) => `${text}: ${status}`), `${jobs.join('+')} jobs`];
      return all.length >= 4 && all.every(({ status }) => status === 'sent') && jobs.every((count) => count === 0);
    };
    await stage.cluster.explain(
      until(isTold, { what: 'everybody to be told', timeout: 30_000, describe: () => last.join(', ') }),
    );
    expect(
      (await stage.outgoing(bot)).flatMap(({ text }) => (text?.startsWith('News') === true ? [text] : [])).sort(),
    ).toEqual(wanted);
    expect(await waitingJobs(stage.databaseUrl, bot.id, 'schedule')).toBe(1);
  }
}
