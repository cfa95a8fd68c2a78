import { expect } from 'vitest';
import type { Answer, BotStats, Message } from '@botloom/core';
import { chooseSeed, createRandom } from '../prng.ts';
import { createStageDatabase, type DatabaseName } from '../stage/databases.ts';
import { createBotByApi, type StageBot } from '../stage/stage.ts';
import { until } from '../until.ts';
import { startCluster, type Cluster } from './cluster.ts';
import { keepTalking, type Crowd } from './crowd.ts';
import { judgeHistory, type Verdict } from './history.ts';
import { sayingsOf, SURVEY } from './survey.ts';

export interface CrashJourneyOptions {
  readonly database: DatabaseName;
  readonly instances: number;
  readonly people: number;
  readonly kills: number;
}

const LEASE = 2_000;
/** Results of sends are written every 20 ms; the rest is for machines that are busy with everything at once. */
export const RECORDING_TIME = 2_000;
/** Rows of a bot that may be under way at a time, and as many whose results are just being written. */
const MOST_IN_FLIGHT = 2 * 64;
/** Part of the acknowledgements that Telegram never gets. */
const LOST_ANSWERS = 0.05;
/** Updates between a restart and the next kill. */
const MOST_BETWEEN = 400;
/** A kill comes so many milliseconds after the request that triggers it at the most: anywhere in the life of an update. */
const PHASE = 25;

/** People take a survey while services are killed with SIGKILL and started again; then the history is judged. */
export async function runCrashJourney({ database, instances, people, kills }: CrashJourneyOptions): Promise<void> {
  const seed = chooseSeed();
  const store = await createStageDatabase(database);
  const cluster = await startCluster({ service: 'small', databaseUrl: store.url, instances, lease: LEASE });
  const context = (): string => `seed ${seed} (BOTLOOM_TEST_SEED=${seed} repeats the moments)\n${cluster.tails()}`;
  try {
    const bot = await createBotByApi(
      cluster.api,
      cluster.telegram.createBot({ username: 'survey_bot' }),
      [SURVEY],
      true,
    );
    const random = createRandom(seed);
    // Of an update that is delivered again everything must be known already.
    cluster.balancer.loseAnswers(() => random() < LOST_ANSWERS);
    const crashes = crashAtRandom(cluster, createRandom(seed), { kills, instances });
    const crowd = await cluster.explain(keepTalking(cluster.telegram, bot, people, crashes), context);
    cluster.balancer.loseAnswers(() => false);
    await outboxIsEmpty(cluster, bot);
    await cluster.telegram.idle();
    const { calls, deliveries } = cluster.telegram;
    const verdict = judgeHistory({
      calls,
      deliveries,
      expected: crowd.expected,
      kills: cluster.kills,
      recordingTime: RECORDING_TIME,
    });
    report(verdict, { seed, database, instances, kills: cluster.kills.length });
    expectClean(verdict, crowd, context());
    expect(verdict.duplicates, context()).toBeLessThanOrEqual(kills * MOST_IN_FLIGHT);
    await expectStored(cluster, bot, crowd);
    await expectAnswers(cluster, bot, crowd);
  } finally {
    await cluster.stop();
  }
  await store.drop();
}

/** Kills at random moments, one after the other, each time waiting until the service is up again. */
async function crashAtRandom(
  { balancer, crash }: Cluster,
  random: () => number,
  { kills, instances }: { readonly kills: number; readonly instances: number },
): Promise<void> {
  for (let kill = 0; kill < kills; kill += 1) {
    await balancer.whenRequests(balancer.requests + 1 + Math.floor(random() * MOST_BETWEEN));
    await new Promise((resolve) => setTimeout(resolve, random() * PHASE));
    await crash(Math.floor(random() * instances));
  }
}

/** Resolves when nothing is left to send. */
export async function outboxIsEmpty(cluster: Cluster, bot: StageBot): Promise<void> {
  await until(
    async () =>
      (await cluster.api.all<Message>(`${bot.path}/messages?direction=outgoing`)).every(
        ({ status }) => status !== 'queued',
      ),
    { what: 'every outgoing message to be sent and recorded', timeout: 30_000, describe: cluster.tails },
  );
}

function expectClean(verdict: Verdict, crowd: Crowd, context: string): void {
  const { lost, wrong, reordered, unexplained } = verdict;
  expect({ lost, wrong, reordered, unexplained }, context).toEqual({
    lost: [],
    wrong: [],
    reordered: [],
    unexplained: [],
  });
  expect({ accepted: verdict.accepted, sent: verdict.sent }, context).toEqual({
    accepted: crowd.updates,
    sent: crowd.updates,
  });
}

async function expectStored({ api }: Cluster, bot: StageBot, crowd: Crowd): Promise<void> {
  const stats = await api.call<BotStats>('GET', `${bot.path}/stats`);
  expect(stats).toMatchObject({
    request_count: crowd.updates,
    user_count: crowd.names.length,
    messages: { incoming: crowd.updates, outgoing: crowd.updates },
  });
  expect(await api.all(`${bot.path}/dead_letters`)).toEqual([]);
  const sent = await api.all<Message>(`${bot.path}/messages?direction=outgoing`);
  expect(sent.filter(({ status }) => status !== 'sent')).toEqual([]);
}

async function expectAnswers({ api }: Cluster, bot: StageBot, { names }: Crowd): Promise<void> {
  const byChat = Map.groupBy((await api.all<Answer>(`${bot.path}/answers`)).reverse(), ({ chat_id }) => chat_id);
  const answers = [...byChat.values()].map((rows) => JSON.stringify(rows.map(({ value }) => value))).sort();
  expect(answers).toEqual(names.map((name) => JSON.stringify(sayingsOf(name).slice(1))).sort());
}

/** One line a run, for whoever compares runs. */
function report({ accepted, sent, duplicates, lost, wrong, reordered, unexplained }: Verdict, run: object): void {
  const counts = {
    accepted,
    sent,
    duplicates,
    lost: lost.length,
    wrong: wrong.length,
    reordered: reordered.length,
    unexplained: unexplained.length,
  };
  process.stdout.write(`crash journey ${JSON.stringify({ ...run, ...counts })}\n`);
}
