import { beforeAll, describe, expect, test } from 'vitest';
import type { HarnessBot } from '../stage/test-harness.ts';
import { waitFor } from '../wait-for.ts';
import { useCrashHarness, type CrashHarnessOptions } from './crash-harness.ts';
import type { CrashPoint } from './crash-points.ts';
import { makeDue, waitingJobs } from './job-rows.ts';

/** Crash points while a bot's menu is sent to Telegram, and how often Telegram receives the list of commands then. */
const MENU_CRASH_POINTS = {
  'stored tell_menu': 1,
  'claimed tell_menu': 1,
  'while it runs': 2,
  'before what was told is kept': 2,
  'after what was told is kept': 1,
} as const satisfies Partial<Record<CrashPoint | 'while it runs', number>>;

/**
 * Crash points between a new schedule and its effect for each user: when the schedule is planned, and when it is due.
 */
const PLANNING_CRASH_POINTS = [
  'stored plan_schedules',
  'claimed plan_schedules',
  'stored schedule',
] as const satisfies readonly CrashPoint[];
const TICK_CRASH_POINTS = [
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
/** It is never due while the tests run: they decide when it is due. */
const NEWS = {
  name: 'News',
  flow_data: {
    triggers: [{ kind: 'schedule', cron: '0 5 1 1 *', missed: 'run' }],
    response: 'News for {{ user.first_name }}',
  },
};

/** Declares tests that kill a service at every stage of the work that a bot does on its own. */
export function describeBotWorkCrashes(options: CrashHarnessOptions): void {
  const harness = useCrashHarness(options);

  describe('the menu of commands and the descriptions', () => {
    test.each(Object.entries(MENU_CRASH_POINTS))('killed: %s', { timeout: 180_000 }, async (killed, expectedCalls) => {
      const { cluster } = harness;
      const bot = await harness.createBot('menu', [HELLO]);
      const death = harness.watchForCrash();
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
        await cluster.withLogContext(
          waitFor(() => telegram.callsTo({ bot: bot.fake, method: 'setMyCommands' }).some(({ applied }) => applied), {
            what: 'the commands to be told',
          }),
        );
        await harness.killOwnerOf('tell_menu', bot);
      } else {
        // The keys are those of the table.
        await harness.arm(killed as Exclude<keyof typeof MENU_CRASH_POINTS, 'while it runs'>);
        const status = await publish().then(
          (answer) => answer.status,
          () => 'no answer',
        );
        expect(status === 201).toBe(killed !== 'stored tell_menu');
      }
      const complete = await death();
      // A caller without a response repeats the call.
      if (killed === 'stored tell_menu') expect(await publish()).toMatchObject({ status: 201 });
      await cluster.withLogContext(noneLeft(bot, 'tell_menu'));
      expect(await menu(bot)).toEqual([{ command: 'help', description: 'Shows what there is' }]);
      expect(cluster.telegram.callsTo({ bot: bot.fake, method: 'setMyCommands' })).toHaveLength(expectedCalls);
      await complete();
    });
  });

  describe('a schedule', () => {
    /** One test per moment: changes are collected for seconds before a schedule is planned. */
    let planned: readonly HarnessBot[];

    beforeAll(async () => {
      planned = await Promise.all(TICK_CRASH_POINTS.map(() => harness.createBot('time', [HELLO, NEWS])));
      for (const bot of planned) await meet(bot);
      await harness.cluster.withLogContext(Promise.all(planned.map(isPlanned)));
    }, 180_000);

    test.each(PLANNING_CRASH_POINTS)('killed during planning: %s', { timeout: 180_000 }, async (killed) => {
      const bot = await harness.createBot('plan', [HELLO]);
      await meet(bot);
      const death = harness.watchForCrash();
      await harness.arm(killed);
      const publish = () => harness.cluster.api.send('POST', `${bot.path}/flows`, { body: NEWS });
      await publish().catch(() => undefined);
      const complete = await death();
      if (killed === 'stored plan_schedules') expect(await publish()).toMatchObject({ status: 201 });
      await harness.cluster.withLogContext(isPlanned(bot));
      await makeDue(harness.databaseUrl, bot.id, 'schedule');
      await expectNewsOnce(bot);
      await complete();
    });

    test.each(TICK_CRASH_POINTS.map((killed, index) => ({ killed, index })))(
      'killed when it is due: $killed',
      { timeout: 180_000 },
      async ({ killed, index }) => {
        const bot = planned[index];
        if (bot === undefined) throw new Error('there is a bot for each moment');
        const death = harness.watchForCrash();
        await harness.arm(killed);
        await makeDue(harness.databaseUrl, bot.id, 'schedule');
        const complete = await death();
        await expectNewsOnce(bot);
        await complete();
      },
    );
  });

  async function meet(bot: HarnessBot): Promise<void> {
    for (const name of ['Ann', 'Bob']) {
      const person = harness.cluster.telegram.user(name).in(bot.fake);
      await person.send('/start');
      await harness.cluster.withLogContext(person.expectReply('Hello'));
    }
  }

  /** The commands that Telegram shows. */
  async function menu({ fake }: HarnessBot): Promise<unknown> {
    const response = await fetch(`${harness.cluster.telegram.url}/bot${fake.token}/getMyCommands`);
    return ((await response.json()) as { result: unknown }).result; // response of the fake Telegram
  }

  function noneLeft(bot: HarnessBot, kind: string): Promise<true> {
    return waitFor(async () => (await waitingJobs(harness.databaseUrl, bot.id, kind)) === 0, {
      what: `no ${kind} to be left`,
      timeout: 30_000,
    });
  }

  async function isPlanned(bot: HarnessBot): Promise<void> {
    await waitFor(async () => (await waitingJobs(harness.databaseUrl, bot.id, 'schedule')) === 1, {
      what: 'the schedule to be planned',
      timeout: 30_000,
    });
    await noneLeft(bot, 'plan_schedules');
  }

  /** Each of the two users gets one message, and the schedule waits for its next time. */
  async function expectNewsOnce(bot: HarnessBot): Promise<void> {
    const wanted = ['News for Ann', 'News for Bob'];
    let last: readonly string[] = [];
    const isTold = async () => {
      const all = await harness.outgoing(bot);
      const jobs = await Promise.all(
        ['schedule_page', 'session_call'].map((kind) => waitingJobs(harness.databaseUrl, bot.id, kind)),
      );
      last = [...all.map(({ text, status }) => `${text}: ${status}`), `${jobs.join('+')} jobs`];
      return all.length >= 4 && all.every(({ status }) => status === 'sent') && jobs.every((count) => count === 0);
    };
    await harness.cluster.withLogContext(
      waitFor(isTold, { what: 'everybody to be told', timeout: 30_000, describe: () => last.join(', ') }),
    );
    expect(
      (await harness.outgoing(bot)).flatMap(({ text }) => (text?.startsWith('News') === true ? [text] : [])).sort(),
    ).toEqual(wanted);
    expect(await waitingJobs(harness.databaseUrl, bot.id, 'schedule')).toBe(1);
  }
}
