import { expect, test } from 'vitest';
import {
  commit,
  createBot,
  EVERYONE,
  FAR_FUTURE_MS,
  incoming,
  nextUpdateId,
  outgoing,
  privateInput,
  privateKey,
  runBatch,
} from './fixtures.ts';
import type { CaseGroup } from './storage-target.ts';

export function maintenanceCases({ storage, database }: CaseGroup): void {
  test('old claims are pruned, up to a number per call', async () => {
    const { id: bot_id } = await createBot(storage());
    for (let index = 0; index < 5; index += 1)
      await runBatch(storage(), 'me', [privateInput(bot_id, index, 1)], undefined, 1_000 + index);
    await runBatch(storage(), 'me', [privateInput(bot_id, 99, 1)], undefined, 500_000);
    expect(await storage().maintenance.pruneSeenUpdates(1_004, 3)).toBe(3);
    expect(await storage().maintenance.pruneSeenUpdates(1_004, 3)).toBe(1);
    expect(await storage().maintenance.pruneSeenUpdates(1_004, 3)).toBe(0);
    let claimed: readonly boolean[] = [];
    await runBatch(
      storage(),
      'me',
      [privateInput(bot_id, 3, 1), privateInput(bot_id, 4, 1), privateInput(bot_id, 99, 1)],
      (locked) => {
        claimed = locked.claimed;
        return { kind: 'rollback' };
      },
    );
    expect(claimed).toEqual([true, false, false]);
  });

  test('a deleted bot is purged in pieces, and no other bot is affected', async () => {
    const [{ id: bot_id }, { id: other }] = [await createBot(storage()), await createBot(storage())];
    for (const id of [bot_id, other]) {
      await storage().secrets.set(EVERYONE, id, 'KEY', 'x');
      for (const name of ['a', 'b', 'c', 'd']) {
        const upload = await storage().uploads.create(
          EVERYONE,
          { bot_id: id, name, content_type: 'image/png', sha256: name, content: Buffer.from(name) },
          1_000,
        );
        await storage().uploads.saveFileIds(id, [{ upload_id: upload.id, kind: 'photo', file_id: name }]);
      }
      await storage().flows.create(EVERYONE, {
        bot_id: id,
        name: 'f',
        flow_data: {},
        trigger_command: 'start',
        is_default: true,
        is_active: true,
      });
      await storage().dead_letters.add({ bot_id: id, update_id: 1_000_000, payload: {}, reason: 'x' });
      for (let chat = 1; chat <= 5; chat += 1) {
        const key = privateKey(id, chat);
        await runBatch(storage(), 'me', [privateInput(id, nextUpdateId(), chat)], (locked) =>
          commit({
            users: [...locked.users.values()].map((user) => ({
              id: user.id,
              bot_id: id,
              tags: ['a'],
              tags_before: [],
              attributes: {},
            })),
            messages: [incoming(id, chat), outgoing(id, chat)],
            calls: [
              { bot_id: id, chat_id: chat, method: 'x', payload: {}, expires_at: FAR_FUTURE_MS, after_message: -1 },
            ],
            answers: [{ key, user_id: null, flow_id: id, flow_version_id: 1, step_id: 's', variable: 'v', value: 1 }],
            jobs: [{ bot_id: id, kind: 'x', payload: {}, due_at: FAR_FUTURE_MS, key: null }],
          }),
        );
      }
    }
    expect(await storage().maintenance.purgeBot(bot_id, 100)).toBe(true);
    expect(await storage().bots.get(EVERYONE, bot_id)).not.toBeNull();
    await storage().bots.delete(EVERYONE, bot_id);
    let steps = 1;
    while (!(await storage().maintenance.purgeBot(bot_id, 3))) steps += 1;
    expect(steps).toBeGreaterThan(1);
    expect((await storage().messages.list(EVERYONE, other, {}, { limit: 100 })).items).toHaveLength(10);
    expect((await storage().answers.list(EVERYONE, other, {}, { limit: 100 })).items).toHaveLength(5);
    expect((await storage().users.list(EVERYONE, other, {}, { limit: 100 })).items).toHaveLength(5);
    expect((await storage().uploads.list(EVERYONE, other, { limit: 100 })).items).toHaveLength(4);
    expect(await storage().maintenance.purgeBot(bot_id, 3)).toBe(true);
    const { execute } = database();
    if (execute === undefined) return;
    // On SQLite, these two tables contain a number instead of the ID, and the bot with that number is deleted.
    const key = storage().dialect === 'sqlite' ? 'number' : 'id';
    for (const table of ['message', 'outgoing_call']) {
      expect(
        await execute(`select 1 from botloom_${table} where bot_id not in (select ${key} from botloom_bot)`),
        table,
      ).toEqual([]);
    }
    for (const table of [
      'bot_user',
      'user_tag',
      'bot_secret',
      'session',
      'answer',
      'job',
      'dead_letter',
      'flow',
      'flow_version',
      'upload',
      'upload_part',
      'upload_file',
      'bot_counter',
      'bot_counter_day',
    ]) {
      expect(await execute(`select 1 from botloom_${table} where bot_id = '${bot_id}'`), table).toEqual([]);
    }
    expect(await execute(`select 1 from botloom_bot where id = '${bot_id}'`)).toEqual([]);
  });
}
