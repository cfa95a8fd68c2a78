import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Message } from '@botloom/core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCluster, type Cluster } from '../crash/cluster.ts';
import { arm, type CrashPoint } from './crash-points.ts';
import { DURABLE_KINDS, durableFlow, type DurableKind, type DurableKindName } from './durable-kinds.ts';
import { waitingJobs } from './waiting-jobs.ts';
import { startWorkServer, type WorkServer } from './work-server.ts';
import { createStageDatabase, type DatabaseName, type StageDatabase } from '../stage/databases.ts';
import { createBotByApi, type FlowPlan, type StageBot } from '../stage/stage.ts';
import { until } from '../until.ts';

export interface DurableCrashOptions {
  readonly database: DatabaseName;
  /** One is started again when it was killed; of two, the other has to go on alone. */
  readonly instances: 1 | 2;
}

/** Where it is killed, and how often the work is done then. */
const MOMENTS: Readonly<Record<Exclude<CrashPoint, 'begun'> | 'while it runs', number>> = {
  'before its commit': 1,
  'after its commit': 1,
  claimed: 1,
  'while it runs': 2,
  'before the commit of its result': 2,
  'after the commit of its result': 1,
};

/** A timer has no work between being claimed and the commit of its result. */
const cases = Object.entries(MOMENTS).flatMap(([killed, runs]) =>
  // The keys are those of the tables.
  (Object.keys(DURABLE_KINDS) as DurableKindName[]).filter((kind) => killed !== 'while it runs' || DURABLE_KINDS[kind].job !== 'timer').map((kind) => ({ kind, killed: killed as keyof typeof MOMENTS, runs })),
);

/** Where a service can be killed that has taken a call from outside. */
const CALL_MOMENTS = ['begun', 'before the commit of its result', 'after the commit of its result'] as const satisfies readonly CrashPoint[];

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

/** Kills a service at every stage of everything that a flow can wait for. Declares the tests. */
export function describeDurableCrashes({ database, instances }: DurableCrashOptions): void {
  let store: StageDatabase;
  let work: WorkServer;
  let cluster: Cluster;
  let folder: string;
  let bots = 0;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'botloom-crash-'));
    store = await createStageDatabase(database);
    work = await startWorkServer();
    cluster = await startCluster({ service: 'small', databaseUrl: store.url, instances, lease: 1_000, environment: () => ({ CRASH_FOLDER: folder, WORK_HOST: work.host }) });
  }, 60_000);

  afterAll(async () => {
    await cluster.stop();
    await work.close();
    await store.drop();
    await rm(folder, { recursive: true });
  });

  test.each(cases)('$kind, killed $killed', { timeout: 60_000 }, async ({ kind, killed, runs }) => {
    const { texts, says, answer, job }: DurableKind = DURABLE_KINDS[kind];
    const bot = await createBotByApi(cluster.api, cluster.telegram.createBot({ username: `${kind}_${(bots += 1)}_bot` }), [durableFlow(kind, work.host) as FlowPlan], true);
    const ann = cluster.telegram.user('Ann').in(bot.fake);
    const keys = work.keys.length;
    const dead = Promise.race(cluster.services.map(({ gone }, index) => gone.then(() => index)));

    if (killed === 'while it runs') {
      const held = work.hold();
      await ann.send('/start');
      await cluster.explain(held);
      await cluster.services.find((service) => service.output().includes(`claimed for ${bot.id}`))?.kill();
    } else {
      await arm(folder, killed);
      await ann.send('/start');
    }
    if (says !== undefined) await ann.send(says);
    const index = await cluster.explain(dead);
    cluster.balancer.setBackend(index, null);
    // Alone it goes on when it is back; of two, the other has to.
    if (instances === 1) await cluster.replace(index);
    if (answer !== null) {
      await cluster.explain(ann.expectReply(texts.at(-2), { skip: true }));
      await ann.send(answer);
    }
    await cluster.explain(isOver(bot, kind));

    expect((await messages(bot)).map(({ text }) => text)).toEqual(texts);
    const sent = cluster.telegram.callsTo({ method: 'sendMessage', bot: bot.fake }).filter(({ applied }) => applied).map(({ parameters }) => parameters.text);
    // Sent and not recorded when the service died, a message is sent again. What comes after the work cannot have been.
    expect([...new Set(sent)]).toEqual(texts);
    expect(sent.filter((text) => text === texts.at(-1))).toHaveLength(1);
    if (job !== 'timer') {
      expect(work.keys.slice(keys)).toHaveLength(runs);
      expect(new Set(work.keys.slice(keys)).size).toBe(1);
    }
    if (instances > 1) await cluster.replace(index);
  });

  test.each(CALL_MOMENTS)('an event of the host, killed %s', { timeout: 60_000 }, async (killed) => {
    const bot = await createBotByApi(cluster.api, cluster.telegram.createBot({ username: `event_${(bots += 1)}_bot` }), [EVENT_FLOW], true);
    const ann = cluster.telegram.user('Ann').in(bot.fake);
    await ann.send('/start');
    await cluster.explain(ann.expectReply('Asked'));
    const { items } = await cluster.api.call<{ items: readonly { id: string }[] }>('GET', `${bot.path}/users`);
    const dead = Promise.race(cluster.services.map(({ gone }, index) => gone.then(() => index)));
    await arm(folder, killed);
    const raise = () => cluster.api.send('POST', `${bot.path}/users/${items[0]?.id ?? ''}/events`, { body: { name: 'paid', data: { number: 12 }, id: 'payment' } });
    const first = await raise().then(({ status }) => status, () => 'no answer');
    expect(first).not.toBe(200);
    const index = await cluster.explain(dead);
    cluster.balancer.setBackend(index, null);
    if (instances === 1) await cluster.replace(index);
    // Who got no answer asks again, until there is one.
    let last: unknown;
    const answer = async () => {
      const { status, body } = await raise();
      last = body;
      return status === 200 && body;
    };
    expect(await cluster.explain(until(answer, { what: 'an answer', timeout: 30_000, describe: () => JSON.stringify(last) }))).toEqual({ continued: 1, is_repeated: true });
    const isSaid = async () => (await messages(bot)).filter(({ status }) => status === 'sent').length === 2;
    await cluster.explain(until(isSaid, { what: 'what the flow says then' }));
    expect((await raise()).body).toEqual({ continued: 1, is_repeated: true });
    // The flow waits for the like again, which has not come.
    expect((await messages(bot)).map(({ text }) => text)).toEqual(['Asked', 'Got 12']);
    expect(await cluster.api.all(`${bot.path}/sessions?wait_reason=event`)).toHaveLength(1);
    if (instances > 1) await cluster.replace(index);
  });

  /** Everything is sent, and no work is left that could do anything more. */
  function isOver(bot: StageBot, kind: DurableKindName): Promise<true> {
    let last: readonly unknown[] = [];
    const isDone = async () => {
      const all = await messages(bot);
      const jobs = await waitingJobs(store.url, bot.id, DURABLE_KINDS[kind].job);
      last = [...all.map(({ text, status }) => `${text}: ${status}`), `${jobs} jobs`];
      return all.length >= DURABLE_KINDS[kind].texts.length && all.every(({ status }) => status === 'sent') && jobs === 0;
    };
    return until(isDone, { what: 'the flow to come to its end', timeout: 30_000, describe: () => last.join(', ') });
  }

  /** Oldest first. */
  async function messages(bot: StageBot): Promise<readonly Message[]> {
    return (await cluster.api.all<Message>(`${bot.path}/messages?direction=outgoing`)).reverse();
  }
}
