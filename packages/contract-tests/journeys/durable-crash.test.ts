import { setTimeout as pass } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { startCluster } from '../src/journeys/crash/cluster.ts';
import { outboxIsEmpty } from '../src/journeys/crash/crash-journey.ts';
import { startWorkServer } from '../src/journeys/durable/work-server.ts';
import { freezeCommits } from '../src/journeys/faults/freeze-commits.ts';
import { createStageDatabase } from '../src/journeys/stage/databases.ts';
import { createBotByApi } from '../src/journeys/stage/stage.ts';

const databases = [{ database: 'SQLite' }, { database: 'PostgreSQL' }] as const;

/** The step that is tried, and what it makes of the answer of the work server. */
const KINDS = {
  wait: () => ({ type: 'wait', for: { seconds: 1 } }),
  http: (host: string) => ({ type: 'http', method: 'POST', url: `http://${host}/`, save: { number: 'number' } }),
  action: () => ({ type: 'action', action: 'work', save: { number: 'number' } }),
} as const;

const cases = [
  { kind: 'wait', killed: 'between commit and run' },
  { kind: 'wait', killed: 'after the run before its record' },
  { kind: 'http', killed: 'between commit and run' },
  { kind: 'http', killed: 'during the run' },
  { kind: 'http', killed: 'after the run before its record' },
  { kind: 'action', killed: 'between commit and run' },
  { kind: 'action', killed: 'during the run' },
  { kind: 'action', killed: 'after the run before its record' },
] as const;

describe.each(databases)('SIGKILL, on $database', ({ database }) => {
  test.each(cases)('$kind, killed $killed, goes on once', { timeout: 60_000 }, async ({ kind, killed }) => {
    const store = await createStageDatabase(database);
    const work = await startWorkServer();
    let roles = killed === 'between commit and run' ? 'dispatch' : 'dispatch,jobs';
    const cluster = await startCluster({ service: 'small', databaseUrl: store.url, instances: 1, lease: 1_000, environment: () => ({ ROLES: roles, WORK_HOST: work.host }) });
    const bot = await createBotByApi(cluster.api, cluster.telegram.createBot({ username: 'durable_bot' }), [
      {
        trigger_command: 'start',
        flow_data: {
          variables: { number: 12 },
          steps: [{ id: 'a', type: 'message', text: 'Asked' }, { id: 'b', ...KINDS[kind](work.host) }, { id: 'c', type: 'message', text: 'Got {{ number }}' }],
        },
      },
    ], true);
    const ann = cluster.telegram.user('Ann').in(bot.fake);
    const held = killed === 'between commit and run' || kind === 'wait' ? null : work.hold();

    await cluster.explain(ann.send('/start').then(() => ann.expectReply('Asked')));
    // A message whose record is lost may be doubled; it is not what is tried here.
    await outboxIsEmpty(cluster, bot);
    const request = await held;
    if (killed === 'after the run before its record') {
      const thaw = await freezeCommits(store.url);
      // A wait has come to its end when its time has passed.
      await (request === null ? pass(1_500) : request.answer());
      await cluster.services[0]?.kill();
      await thaw();
    } else await cluster.services[0]?.kill();

    roles = 'dispatch,jobs';
    await cluster.replace(0);
    await cluster.explain(ann.expectReply('Got 12'));
    await ann.expectNoReply();
    if (kind !== 'wait') {
      expect(work.keys).toHaveLength(killed === 'between commit and run' ? 1 : 2);
      expect(new Set(work.keys).size).toBe(1);
    }
    await cluster.stop();
    await work.close();
    await store.drop();
  });
});
