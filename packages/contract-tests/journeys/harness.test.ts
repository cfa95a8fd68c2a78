import { describe, expect, test } from 'vitest';
import { createHarnessDatabase, type DatabaseName } from '../src/journeys/stage/databases.ts';
import type { AdapterName } from '../src/journeys/stage/listen.ts';
import { startTestHarness } from '../src/journeys/stage/test-harness.ts';
import { waitFor } from '../src/journeys/wait-for.ts';

const databases: readonly DatabaseName[] = ['SQLite in memory', 'SQLite', 'PostgreSQL'];
const adapters: readonly AdapterName[] = ['express', 'fastify'];

describe.each(databases)('a Botloom with %s', (database) => {
  test.each(adapters)('starts on %s, responds, and leaves nothing open when it stops', async (adapter) => {
    const before = openHandles();
    const store = await createHarnessDatabase(database);
    const harness = await startTestHarness({ adapter, storage: store.storage() });
    await harness.createBot({
      flows: [{ trigger_command: 'start', flow_data: { response: 'Hello {{ user.first_name }}' } }],
    });
    const ann = harness.telegram.user('Ann');
    await ann.send('/start');
    await ann.expectReply('Hello Ann');
    expect(await harness.api.send('GET', '/api/readyz', { key: null })).toMatchObject({
      status: 200,
      body: { status: 'ready' },
    });
    await harness.stop();
    // PostgreSQL removes a connection from its list shortly after the connection has ended.
    await expect.poll(() => store.listLeaks()).toEqual([]);
    await store.drop();
    // Sockets are released one turn of the event loop after they are closed.
    await waitFor(() => openHandles() <= before, {
      what: 'all servers, sockets and timers to be let go',
      describe: () => process.getActiveResourcesInfo().join(' '),
    });
    expect(harness.log.lines.filter(({ level }) => level === 'error' || level === 'warn')).toEqual([]);
  });
});

function openHandles(): number {
  return process.getActiveResourcesInfo().filter((name) => /^(TCP|Pipe)/.test(name)).length;
}
