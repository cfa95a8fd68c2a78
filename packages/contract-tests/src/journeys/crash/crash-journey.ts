import { expect } from 'vitest';
import type { Answer, BotStats, Message } from '@botloom/core';
import { chooseSeed, createRandom } from '../prng.ts';
import { createHarnessDatabase, type DatabaseName } from '../stage/databases.ts';
import { createBotByApi, type HarnessBot } from '../stage/test-harness.ts';
import { waitFor } from '../wait-for.ts';
import { startCluster, type Cluster } from './cluster.ts';
import { checkHistory, type HistoryReport } from './history.ts';
import { runParticipants, type ParticipantResults } from './participant-results.ts';
import { messagesOf, SURVEY } from './survey.ts';

export interface CrashJourneyOptions {
  readonly database: DatabaseName;
  readonly instances: number;
  readonly people: number;
  readonly kills: number;
}

const LEASE_MS = 2_000;
/** Results of sends are written every 20 ms. The rest is a margin for a busy machine. */
export const RECORDING_TIME_MS = 2_000;
/** Maximum rows of a bot that are in flight, plus as many whose results are being written. */
const MAX_IN_FLIGHT = 2 * 64;
/** Ratio of the acknowledgements that Telegram never receives. */
const DROPPED_RESPONSE_RATE = 0.05;
/** Number of updates between a restart and the next kill. */
const MAX_UPDATES_BETWEEN_KILLS = 400;
/**
 * Maximum delay in milliseconds between a request and the kill that it triggers, so that a kill can happen at any
 * moment in the life of an update.
 */
const MAX_KILL_DELAY_MS = 25;

/** Users answer a survey while services are killed with SIGKILL and started again. Then the history is checked. */
export async function runCrashJourney({ database, instances, people, kills }: CrashJourneyOptions): Promise<void> {
  const seed = chooseSeed();
  const store = await createHarnessDatabase(database);
  const cluster = await startCluster({ service: 'small', databaseUrl: store.url, instances, lease: LEASE_MS });
  const context = (): string => `seed ${seed} (BOTLOOM_TEST_SEED=${seed} repeats the moments)\n${cluster.tails()}`;
  try {
    const bot = await createBotByApi(
      cluster.api,
      cluster.telegram.createBot({ username: 'survey_bot' }),
      [SURVEY],
      true,
    );
    const random = createRandom(seed);
    // An update that is delivered again must be a known duplicate in every respect.
    cluster.balancer.dropResponses(() => random() < DROPPED_RESPONSE_RATE);
    const crashes = crashAtRandom(cluster, createRandom(seed), { kills, instances });
    const crowd = await cluster.withLogContext(runParticipants(cluster.telegram, bot, people, crashes), context);
    cluster.balancer.dropResponses(() => false);
    await waitForEmptyOutbox(cluster, bot);
    await cluster.telegram.idle();
    const { calls, deliveries } = cluster.telegram;
    const historyReport = checkHistory({
      calls,
      deliveries,
      expected: crowd.expected,
      kills: cluster.kills,
      recordingTime: RECORDING_TIME_MS,
    });
    printReport(historyReport, { seed, database, instances, kills: cluster.kills.length });
    expectClean(historyReport, crowd, context());
    expect(historyReport.duplicates, context()).toBeLessThanOrEqual(kills * MAX_IN_FLIGHT);
    await expectStored(cluster, bot, crowd);
    await expectAnswers(cluster, bot, crowd);
  } finally {
    await cluster.stop();
  }
  await store.drop();
}

/** Kills services at random moments, one after the other. Waits each time until the service is up again. */
async function crashAtRandom(
  { balancer, crash }: Cluster,
  random: () => number,
  { kills, instances }: { readonly kills: number; readonly instances: number },
): Promise<void> {
  for (let kill = 0; kill < kills; kill += 1) {
    await balancer.whenRequests(balancer.requests + 1 + Math.floor(random() * MAX_UPDATES_BETWEEN_KILLS));
    await new Promise((resolve) => setTimeout(resolve, random() * MAX_KILL_DELAY_MS));
    await crash(Math.floor(random() * instances));
  }
}

/** Resolves when no message is left to send. */
export async function waitForEmptyOutbox(cluster: Cluster, bot: HarnessBot): Promise<void> {
  await waitFor(
    async () =>
      (await cluster.api.all<Message>(`${bot.path}/messages?direction=outgoing`)).every(
        ({ status }) => status !== 'queued',
      ),
    { what: 'every outgoing message to be sent and recorded', timeout: 30_000, describe: cluster.tails },
  );
}

function expectClean(historyReport: HistoryReport, crowd: ParticipantResults, context: string): void {
  const { lost, wrong, reordered, unexplained } = historyReport;
  expect({ lost, wrong, reordered, unexplained }, context).toEqual({
    lost: [],
    wrong: [],
    reordered: [],
    unexplained: [],
  });
  expect({ accepted: historyReport.accepted, sent: historyReport.sent }, context).toEqual({
    accepted: crowd.updates,
    sent: crowd.updates,
  });
}

async function expectStored({ api }: Cluster, bot: HarnessBot, crowd: ParticipantResults): Promise<void> {
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

async function expectAnswers({ api }: Cluster, bot: HarnessBot, { names }: ParticipantResults): Promise<void> {
  const byChat = Map.groupBy((await api.all<Answer>(`${bot.path}/answers`)).reverse(), ({ chat_id }) => chat_id);
  const answers = [...byChat.values()].map((rows) => JSON.stringify(rows.map(({ value }) => value))).sort();
  expect(answers).toEqual(names.map((name) => JSON.stringify(messagesOf(name).slice(1))).sort());
}

/** One line per run, to compare runs. */
function printReport(
  { accepted, sent, duplicates, lost, wrong, reordered, unexplained }: HistoryReport,
  run: object,
): void {
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
