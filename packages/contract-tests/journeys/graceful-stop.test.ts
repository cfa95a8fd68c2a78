import { describe, expect, test } from 'vitest';
import { startCluster } from '../src/journeys/crash/cluster.ts';
import { RECORDING_TIME_MS, waitForEmptyOutbox } from '../src/journeys/crash/crash-journey.ts';
import { checkHistory } from '../src/journeys/crash/history.ts';
import { runParticipants } from '../src/journeys/crash/participant-results.ts';
import { SURVEY } from '../src/journeys/crash/survey.ts';
import { createHarnessDatabase } from '../src/journeys/stage/databases.ts';
import { createBotByApi } from '../src/journeys/stage/test-harness.ts';

const cases = [
  { title: 'one instance on SQLite is restarted', database: 'SQLite', instances: 1, restarts: [0, 0] },
  {
    title: 'two instances on PostgreSQL are restarted in turn',
    database: 'PostgreSQL',
    instances: 2,
    restarts: [0, 1, 0],
  },
] as const;

describe('a graceful stop under load', () => {
  test.each(cases)(
    '$title: nothing is lost or duplicated, and refused updates get a Retry-After',
    { timeout: 180_000 },
    async ({ database, instances, restarts }) => {
      const store = await createHarnessDatabase(database);
      const cluster = await startCluster({ service: 'example', databaseUrl: store.url, instances });
      const { telegram, balancer, api } = cluster;
      const bot = await createBotByApi(api, telegram.createBot({ username: 'survey_bot' }), [SURVEY], true);
      const restarted = (async () => {
        for (const index of restarts) {
          await balancer.whenRequests(balancer.requests + 60);
          expect(await cluster.terminateService(index), cluster.tails()).toBe(0);
          await cluster.replace(index);
        }
      })();
      const crowd = await cluster.withLogContext(runParticipants(telegram, bot, 100, restarted));
      await waitForEmptyOutbox(cluster, bot);
      await telegram.idle();

      const { calls, deliveries } = telegram;
      const verdict = checkHistory({
        calls,
        deliveries,
        expected: crowd.expected,
        kills: [],
        recordingTime: RECORDING_TIME_MS,
      });
      expect(verdict, cluster.tails()).toEqual({
        accepted: crowd.updates,
        sent: crowd.updates,
        lost: [],
        wrong: [],
        reordered: [],
        duplicates: 0,
        unexplained: [],
      });
      // Backend -1: no process was available between the end of one and the start of the next.
      const refusals = balancer.passages.filter(({ status, backend }) => backend !== -1 && status >= 300);
      const untold = refusals.filter(({ status, retry_after }) => status !== 503 || !(Number(retry_after) <= 3));
      expect(untold, JSON.stringify(untold.slice(0, 5))).toEqual([]);
      await cluster.stop();
      await store.drop();
    },
  );
});
