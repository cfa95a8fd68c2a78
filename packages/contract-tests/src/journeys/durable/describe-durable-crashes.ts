import { expect, test } from 'vitest';
import type { FlowPlan, HarnessBot } from '../stage/test-harness.ts';
import { waitFor } from '../wait-for.ts';
import { useCrashHarness, type CrashHarnessOptions } from './crash-harness.ts';
import type { CrashPoint } from './crash-points.ts';
import { DURABLE_KINDS, durableFlow, type DurableKind, type DurableKindName } from './durable-kinds.ts';
import { waitingJobs } from './job-rows.ts';

/** The crash point, and how often the work runs then. */
const CRASH_POINTS = {
  'before its commit': 1,
  'after its commit': 1,
  claimed: 1,
  'while it runs': 2,
  'before the commit of its result': 2,
  'after the commit of its result': 1,
} as const satisfies Partial<Record<CrashPoint | 'while it runs', number>>;

/** A timer has no work between its claim and the commit of its result. */
const cases = Object.entries(CRASH_POINTS).flatMap(([killed, runs]) =>
  // The keys are those of the tables.
  (Object.keys(DURABLE_KINDS) as DurableKindName[])
    .filter((kind) => killed !== 'while it runs' || DURABLE_KINDS[kind].job !== 'timer')
    .map((kind) => ({ kind, killed: killed as keyof typeof CRASH_POINTS, runs })),
);

/** Crash points of a service that received an API call. */
const CALL_CRASH_POINTS = [
  'begun',
  'before the commit of its result',
  'after the commit of its result',
] as const satisfies readonly CrashPoint[];

/** Crash points of a service when a message that a session waits for has failed. */
const FAILURE_CRASH_POINTS = [
  'before a failure is recorded',
  'after a failure is recorded',
  'claimed send_failed',
  'before the commit of its result',
  'after the commit of its result',
] as const satisfies readonly CrashPoint[];

const REFUSED_FLOW: FlowPlan = {
  trigger_command: 'start',
  flow_data: {
    steps: [
      { id: 'a', type: 'message', text: 'Asked' },
      {
        id: 'b',
        type: 'invoice',
        title: 'News',
        description: 'Too dear',
        currency: 'XTR',
        prices: [{ label: 'x', amount: 100_001 }],
        on_error: 'c',
        next: null,
      },
      { id: 'c', type: 'message', text: 'Sorry', next: null },
    ],
  },
};

const EVENT_FLOW: FlowPlan = {
  trigger_command: 'start',
  flow_data: {
    variables: { number: 0 },
    steps: [
      { id: 'a', type: 'message', text: 'Asked' },
      { id: 'b', type: 'wait_for_event', event: 'paid', save: { number: 'number' } },
      { id: 'c', type: 'message', text: 'Got {{ number }}', next: 'b' },
    ],
  },
};

/** Declares tests that kill a service at every stage of everything that a flow can wait for. */
export function describeDurableCrashes(options: CrashHarnessOptions): void {
  const harness = useCrashHarness(options);

  test.each(cases)('$kind, killed $killed', { timeout: 180_000 }, async ({ kind, killed, runs }) => {
    const { cluster, work } = harness;
    const { texts, says, answer, job, invoice }: DurableKind = DURABLE_KINDS[kind];
    const bot = await harness.createBot(kind, [durableFlow(kind, work.host) as FlowPlan]);
    const ann = cluster.telegram.user('Ann').in(bot.fake);
    const keys = work.keys.length;
    const death = harness.watchForCrash();
    const begin = () => (invoice === undefined ? ann.send('/start') : ann.pay());
    if (invoice !== undefined) {
      await ann.send('/start');
      await cluster.withLogContext(ann.expectReply('News', { skip: true }));
      await cluster.withLogContext(
        waitFor(async () => (await harness.outgoing(bot)).every(({ status }) => status === 'sent'), {
          what: 'the invoice to be recorded',
        }),
      );
    }

    if (killed === 'while it runs') {
      const held: Promise<unknown> = job === 'refund_payment' ? refundIsMade(bot) : work.hold();
      await begin();
      await cluster.withLogContext(held);
      await harness.killOwnerOf(job, bot);
    } else {
      await harness.arm(killed);
      await begin();
    }
    if (says !== undefined) await ann.send(says);
    const complete = await death();
    if (answer !== null) {
      await cluster.withLogContext(ann.expectReply(texts.at(-2), { skip: true }));
      await ann.send(answer);
    }
    await cluster.withLogContext(isOver(bot, kind));

    expect((await harness.outgoing(bot)).map(({ text }) => text)).toEqual(texts);
    const calls = cluster.telegram.callsTo({ bot: bot.fake }).filter(({ applied }) => applied);
    const sent = calls.flatMap(({ method, parameters }) => {
      if (method === 'sendMessage') return [parameters.text];
      return method === 'sendInvoice' ? [parameters.title] : [];
    });
    // A message that was sent but not recorded when the service died is sent again. Later messages cannot be sent yet.
    expect([...new Set(sent)]).toEqual(texts);
    expect(sent.filter((text) => text === texts.at(-1))).toHaveLength(1);
    if (job === 'refund_payment') {
      expect(cluster.telegram.callsTo({ bot: bot.fake, method: 'refundStarPayment' })).toHaveLength(runs);
      expect(calls.filter(({ method }) => method === 'refundStarPayment')).toHaveLength(1);
    } else if (job !== 'timer') {
      expect(work.keys.slice(keys)).toHaveLength(runs);
      expect(new Set(work.keys.slice(keys)).size).toBe(1);
    }
    await complete();
  });

  test.each(CALL_CRASH_POINTS)('an event of the host, killed %s', { timeout: 180_000 }, async (killed) => {
    const { cluster } = harness;
    const bot = await harness.createBot('event', [EVENT_FLOW]);
    const ann = cluster.telegram.user('Ann').in(bot.fake);
    await ann.send('/start');
    await cluster.withLogContext(ann.expectReply('Asked'));
    const { items } = await cluster.api.call<{ items: readonly { id: string }[] }>('GET', `${bot.path}/users`);
    const death = harness.watchForCrash();
    await harness.arm(killed);
    const raise = () =>
      cluster.api.send('POST', `${bot.path}/users/${items[0]?.id ?? ''}/events`, {
        body: { name: 'paid', data: { number: 12 }, id: 'payment' },
      });
    const first = await raise().then(
      ({ status }) => status,
      () => 'no answer',
    );
    expect(first).not.toBe(200);
    const complete = await death();
    // A caller without a response repeats the call until there is one.
    let last: unknown;
    const answer = async () => {
      const { status, body } = await raise();
      last = body;
      return status === 200 && body;
    };
    expect(
      await cluster.withLogContext(
        waitFor(answer, { what: 'an answer', timeout: 30_000, describe: () => JSON.stringify(last) }),
      ),
    ).toEqual({ continued: 1, is_repeated: true });
    const isSaid = async () => (await harness.outgoing(bot)).filter(({ status }) => status === 'sent').length === 2;
    await cluster.withLogContext(waitFor(isSaid, { what: 'what the flow says then' }));
    expect((await raise()).body).toEqual({ continued: 1, is_repeated: true });
    // The flow waits for the same event again, which has not arrived.
    expect((await harness.outgoing(bot)).map(({ text }) => text)).toEqual(['Asked', 'Got 12']);
    expect(await cluster.api.all(`${bot.path}/sessions?wait_reason=event`)).toHaveLength(1);
    await complete();
  });

  test.each(FAILURE_CRASH_POINTS)(
    'an invoice that Telegram does not take, killed %s',
    { timeout: 180_000 },
    async (killed) => {
      const { cluster } = harness;
      const bot = await harness.createBot('refused', [REFUSED_FLOW]);
      const ann = cluster.telegram.user('Ann').in(bot.fake);
      const death = harness.watchForCrash();
      await harness.arm(killed);
      await ann.send('/start');
      const complete = await death();
      let last: readonly unknown[] = [];
      const isOver = async () => {
        last = (await harness.outgoing(bot)).map(({ text, status }) => `${text}: ${status}`);
        return last.length >= 3 && !last.some((line) => String(line).endsWith('queued'));
      };
      await cluster.withLogContext(
        waitFor(isOver, { what: 'the error branch', timeout: 30_000, describe: () => last.join(', ') }),
      );
      expect(last).toEqual(['Asked: sent', 'News: failed', 'Sorry: sent']);
      expect(await waitingJobs(harness.databaseUrl, bot.id, 'send_failed')).toBe(0);
      expect(await cluster.api.all(`${bot.path}/sessions`)).toEqual([]);
      await complete();
    },
  );

  /** Lets the next refund succeed and loses its response. Resolves when that has happened. */
  function refundIsMade({ fake }: HarnessBot): Promise<true> {
    const { telegram } = harness.cluster;
    telegram.fail({ bot: fake, method: 'refundStarPayment', with: 'accepted_then_timeout' });
    return waitFor(() => telegram.callsTo({ bot: fake, method: 'refundStarPayment' }).some(({ applied }) => applied), {
      what: 'the refund',
    });
  }

  /** Waits until everything is sent and no pending work can do anything more. */
  function isOver(bot: HarnessBot, kind: DurableKindName): Promise<true> {
    let last: readonly unknown[] = [];
    const isDone = async () => {
      const all = await harness.outgoing(bot);
      const jobs = await waitingJobs(harness.databaseUrl, bot.id, DURABLE_KINDS[kind].job);
      last = [...all.map(({ text, status }) => `${text}: ${status}`), `${jobs} jobs`];
      return (
        all.length >= DURABLE_KINDS[kind].texts.length && all.every(({ status }) => status === 'sent') && jobs === 0
      );
    };
    return waitFor(isDone, { what: 'the flow to come to its end', timeout: 30_000, describe: () => last.join(', ') });
  }
}
