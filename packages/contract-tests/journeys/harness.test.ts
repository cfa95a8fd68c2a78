import { describe, expect, test } from 'vitest';
import { createStageDatabase, type DatabaseName } from '../src/journeys/stage/databases.ts';
import type { AdapterName } from '../src/journeys/stage/listen.ts';
import { startStage } from '../src/journeys/stage/stage.ts';
import { until } from '../src/journeys/until.ts';

const databases: readonly DatabaseName[] = ['SQLite in memory', 'SQLite', 'PostgreSQL'];
const adapters: readonly AdapterName[] = ['express', 'fastify'];

describe.each(databases)('a Botloom with %s', (database) => {
  test.each(adapters)('starts on %s, answers, and leaves nothing open when it stops', async (adapter) => {
    const before = openHandles();
    const store = await createStageDatabase(database);
    const stage = await startStage({ adapter, storage: store.storage() });
    await stage.createBot({
      flows: [{ trigger_command: 'start', flow_data: { response: 'Hello {{ user.first_name }}' } }],
    });
    const ann = stage.telegram.user('Ann');
    await ann.send('/start');
    await ann.expectReply('Hello Ann');
    expect(await stage.api.send('GET', '/api/readyz', { key: null })).toMatchObject({
      status: 200,
      body: { status: 'ready' },
    });
    await stage.stop();
    // PostgreSQL forgets a connection a moment after its end has come.
    await expect.poll(() => store.leftOpen()).toEqual([]);
    await store.drop();
    // Sockets are let go of a turn of the event loop after they are closed.
    await until(() => openHandles() <= before, {
      what: 'all servers, sockets and timers to be let go',
      describe: () => process.getActiveResourcesInfo().join(' '),
    });
    expect(stage.log.lines.filter(({ level }) => level === 'error' || level === 'warn')).toEqual([]);
  });
});

function openHandles(): number {
  return process.getActiveResourcesInfo().filter((name) => /^(TCP|Pipe)/.test(name)).length;
}
