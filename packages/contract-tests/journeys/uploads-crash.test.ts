import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Message } from '@botloom/core';
import { startCluster, type Cluster } from '../src/journeys/crash/cluster.ts';
import { createHarnessDatabase, type HarnessDatabase } from '../src/journeys/stage/databases.ts';
import { createBotByApi } from '../src/journeys/stage/test-harness.ts';
import { uploadFile } from '../src/journeys/stage/upload-file.ts';
import { waitFor } from '../src/journeys/wait-for.ts';

describe.each(['SQLite', 'PostgreSQL'] as const)('SIGKILL between an upload and its result, on %s', (database) => {
  let store: HarnessDatabase;
  let cluster: Cluster;

  beforeAll(async () => {
    store = await createHarnessDatabase(database);
    cluster = await startCluster({ service: 'small', databaseUrl: store.url, instances: 1, lease: 1_000 });
  }, 180_000);

  afterAll(async () => {
    await cluster.stop();
    await store.drop();
  });

  test.each([
    ['Telegram has not received it', 'timeout', 1],
    ['Telegram has received it, but the response was lost', 'accepted_then_timeout', 2],
  ] as const)(
    '%s: it is uploaded again, and its Telegram file ID is known from then on',
    { timeout: 180_000 },
    async (_, fault, times) => {
      const { telegram, api } = cluster;
      const bot = await createBotByApi(api, telegram.createBot({ username: `upload_${fault}_bot` }), [], true);
      const upload = await uploadFile(api, bot, randomBytes(2_500_000), 'a.bin');
      const steps = [
        { id: 'file', type: 'message', document: `upload:${upload.id}`, text: 'Here' },
        { id: 'end', type: 'message', text: 'Bye' },
      ];
      await api.call('POST', `${bot.path}/flows`, { name: 'Start', trigger_command: 'start', flow_data: { steps } });
      const calls = () => telegram.callsTo({ bot: bot.fake, method: 'sendDocument' });
      telegram.fail({ bot: bot.fake, method: 'sendDocument', with: fault });
      const ann = telegram.user('Ann').in(bot.fake);
      await ann.send('/start');
      await cluster.withLogContext(
        waitFor(() => calls().length === 1 && (fault === 'timeout' || calls()[0]?.applied === true), {
          what: 'the upload to come to Telegram',
        }),
      );
      await cluster.crash(0);
      for (let time = 0; time < times; time += 1) await cluster.withLogContext(ann.expectReply('Here'));
      await cluster.withLogContext(ann.expectReply('Bye'));
      const sent = async () =>
        (await api.all<Message>(`${bot.path}/messages?direction=outgoing`)).filter(({ status }) => status === 'sent')
          .length === 2;
      await cluster.withLogContext(waitFor(sent, { what: 'both messages to be recorded' }));

      const bob = telegram.user('Bob').in(bot.fake);
      await bob.send('/start');
      const { document } = await cluster.withLogContext(bob.expectReply('Here'));
      expect(document).toMatchObject({ file_name: 'a.bin', file_size: 2_500_000 });
      expect(calls().map(({ parameters }) => parameters[upload.id] ?? null)).toEqual([
        '(upload) a.bin',
        '(upload) a.bin',
        null,
      ]);
    },
  );
});
