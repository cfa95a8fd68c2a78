import { expect, test } from 'vitest';
import { startCluster } from '../src/journeys/crash/cluster.ts';
import { RECORDING_TIME_MS, waitForEmptyOutbox } from '../src/journeys/crash/crash-journey.ts';
import { checkHistory } from '../src/journeys/crash/history.ts';
import { runParticipants } from '../src/journeys/crash/participant-results.ts';
import { SURVEY } from '../src/journeys/crash/survey.ts';
import { createHarnessDatabase } from '../src/journeys/stage/databases.ts';
import { createBotByApi } from '../src/journeys/stage/test-harness.ts';

const LEASE_MS = 2_000;

test(
  'an instance that was suspended for longer than its lease sends no rows that another instance now owns',
  { timeout: 180_000 },
  async () => {
    const store = await createHarnessDatabase('PostgreSQL');
    const cluster = await startCluster({ service: 'small', databaseUrl: store.url, instances: 2, lease: LEASE_MS });
    const { telegram, balancer, api } = cluster;
    const bot = await createBotByApi(api, telegram.createBot({ username: 'survey_bot' }), [SURVEY], true);
    // Rows pile up in the memory of the instance before it is suspended.
    const slow = telegram.latency({ bot: bot.fake, method: 'sendMessage', ms: 100 });
    const stoodStill = (async () => {
      for (const index of [0, 1]) {
        await balancer.whenRequests(balancer.requests + 100);
        await cluster.pauseService(index, 2 * LEASE_MS);
      }
    })();
    const crowd = await cluster.withLogContext(runParticipants(telegram, bot, 100, stoodStill));
    slow.cancel();
    await waitForEmptyOutbox(cluster, bot);
    await telegram.idle();
    const verdict = checkHistory({
      calls: telegram.calls,
      deliveries: telegram.deliveries,
      expected: crowd.expected,
      kills: cluster.kills,
      recordingTime: RECORDING_TIME_MS,
    });
    expect({ ...verdict, duplicates: 0 }, cluster.tails()).toEqual({
      accepted: crowd.updates,
      sent: crowd.updates,
      lost: [],
      wrong: [],
      reordered: [],
      duplicates: 0,
      unexplained: [],
    });
    await cluster.stop();
    await store.drop();
  },
);
