import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import {
  commit,
  createBot,
  EVERYONE,
  expectCode,
  findUser,
  incoming,
  nextUpdateId,
  outgoing,
  privateInput,
  readAll,
  runBatch,
} from './fixtures.ts';
import type { CaseGroup } from './storage-target.ts';

export function messageCases({ storage }: CaseGroup): void {
  test('a message is stored with every field, and its file has the URL of a Botloom route', async () => {
    const { id: bot_id } = await createBot(storage());
    const user_id = await findUser(storage(), bot_id, 1);
    const now = Date.now();
    const given = incoming(bot_id, 1, {
      user_id,
      thread_id: 3,
      type: 'photo',
      text: 'a "b" \\c\n{d}, ü \u{1F600}',
      file_id: 'x?y',
      telegram_message_id: 77,
      payload: { deep: [{ z: 1, a: null }] },
    });
    const outcome = await runBatch(
      storage(),
      'me',
      [privateInput(bot_id, nextUpdateId(), 1)],
      () => commit({ messages: [given] }),
      now,
    );
    expect(await storage().messages.get(EVERYONE, bot_id, outcome.messages[0]!.id)).toEqual({
      id: outcome.messages[0]!.id,
      bot_id,
      user_id,
      chat_id: 1,
      thread_id: 3,
      type: 'photo',
      direction: 'incoming',
      text: given.text,
      file_id: 'x?y',
      file_url: `/api/bots/${bot_id}/files/x%3Fy`,
      flow_id: null,
      telegram_message_id: 77,
      payload: { deep: [{ z: 1, a: null }] },
      status: 'received',
      failure: null,
      created_at: new Date(now).toISOString(),
      sent_at: null,
    });
  });

  test('the list is paged, newest first, and filters by user, direction, type and time', async () => {
    const { id: bot_id } = await createBot(storage());
    const user_id = await findUser(storage(), bot_id, 2);
    const start = Date.now();
    for (let index = 0; index < 6; index += 1) {
      const writes = {
        messages: [incoming(bot_id, 2, { user_id, type: index % 2 === 0 ? 'text' : 'photo' }), outgoing(bot_id, 2)],
      };
      await runBatch(
        storage(),
        'me',
        [privateInput(bot_id, nextUpdateId(), 2)],
        () => commit(writes),
        start + Math.floor(index / 2),
      );
    }
    const all = await readAll((cursor) => storage().messages.list(EVERYONE, bot_id, {}, { limit: 5, cursor }));
    expect(all).toHaveLength(12);
    const ids = all.map(({ id }) => id);
    expect(ids).toEqual([...ids].sort((a, b) => b - a));
    const count = async (filter: Parameters<ReturnType<typeof storage>['messages']['list']>[2]) =>
      (await readAll((cursor) => storage().messages.list(EVERYONE, bot_id, filter, { limit: 2, cursor }))).length;
    expect(await count({ user_id })).toBe(6);
    expect(await count({ user_id: randomUUID() })).toBe(0);
    expect(await count({ direction: 'outgoing' })).toBe(6);
    expect(await count({ type: 'photo' })).toBe(3);
    expect(await count({ user_id, type: 'text', direction: 'incoming' })).toBe(3);
    const [from, to] = [new Date(start + 1).toISOString(), new Date(start + 2).toISOString()];
    expect(await count({ from })).toBe(8);
    expect(await count({ to: from })).toBe(4);
    expect(await count({ from, to })).toBe(4);
    await expectCode(storage().messages.list(EVERYONE, randomUUID(), {}, { limit: 1 }), 'BOT_NOT_FOUND');
  });

  test('counters count each update once, each user once, and messages per day and direction', async () => {
    const { id: bot_id } = await createBot(storage());
    const day = Date.parse('2026-03-01T23:59:59.999Z');
    const batch = [privateInput(bot_id, 1, 3), privateInput(bot_id, 2, 4), privateInput(bot_id, 1, 3)];
    const decide = () => commit({ messages: [incoming(bot_id, 3), incoming(bot_id, 4), outgoing(bot_id, 3)] });
    await runBatch(storage(), 'me', batch, decide, day);
    await runBatch(
      storage(),
      'me',
      [privateInput(bot_id, 3, 3)],
      () => commit({ messages: [incoming(bot_id, 3)] }),
      day + 1,
    );
    expect(await storage().bots.get(EVERYONE, bot_id)).toMatchObject({ user_count: 2, request_count: 3 });
    expect(await storage().messages.counts(bot_id, '2026-03-02')).toEqual({
      incoming: 3,
      outgoing: 1,
      days: [{ day: '2026-03-02', incoming: 1, outgoing: 0 }],
      last_activity: new Date(day + 1).toISOString(),
    });
    expect((await storage().messages.counts(bot_id, '2026-01-01')).days).toEqual([
      { day: '2026-03-01', incoming: 2, outgoing: 1 },
      { day: '2026-03-02', incoming: 1, outgoing: 0 },
    ]);
  });

  test.each(['of a user', 'of a channel'])(
    'an edit %s changes the stored message, or is stored if it does not exist',
    async (whose) => {
      const { id: bot_id } = await createBot(storage());
      const user_id = whose === 'of a user' ? await findUser(storage(), bot_id, 5) : null;
      const first = await runBatch(storage(), 'me', [privateInput(bot_id, 1, 5)], () =>
        commit({ messages: [incoming(bot_id, 5, { user_id, telegram_message_id: 10, text: 'old' })] }),
      );
      const edits = [
        incoming(bot_id, 5, { user_id, telegram_message_id: 10, text: 'new', payload: { edited: true } }),
        incoming(bot_id, 5, { user_id, telegram_message_id: 11, text: 'never seen' }),
        incoming(bot_id, 6, { user_id, telegram_message_id: 10, text: 'in another chat' }),
      ];
      await runBatch(storage(), 'me', [privateInput(bot_id, 2, 5)], () => commit({ edits }));
      const { items } = await storage().messages.list(EVERYONE, bot_id, {}, { limit: 10 });
      expect(items.map(({ text }) => text)).toEqual(['in another chat', 'never seen', 'new']);
      expect(items[2]).toMatchObject({ id: first.messages[0]!.id, payload: { edited: true } });
      const other = await createBot(storage());
      await runBatch(storage(), 'me', [privateInput(other.id, 1, 5)], () =>
        commit({ edits: [incoming(other.id, 5, { telegram_message_id: 10, text: 'of another bot' })] }),
      );
      expect((await storage().messages.get(EVERYONE, bot_id, first.messages[0]!.id))?.text).toBe('new');
    },
  );

  test('IDs that are not valid find nothing', async () => {
    const { id: bot_id } = await createBot(storage());
    for (const id of [Number.NaN, -0, 1.5, 2 ** 60, -1])
      expect(await storage().messages.get(EVERYONE, bot_id, id)).toBeNull();
  });
}
