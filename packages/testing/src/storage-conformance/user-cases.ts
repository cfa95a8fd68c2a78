import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { userId } from '@botloom/core';
import {
  commit,
  createBot,
  EVERYONE,
  expectCode,
  findUser,
  nextUpdateId,
  privateInput,
  readAll,
  runBatch,
} from './fixtures.ts';
import type { CaseGroup } from './storage-target.ts';

const HOUR_MS = 3_600_000;

export function userCases({ storage }: CaseGroup): void {
  test('the first contact creates a user; later contacts update it and keep fields that are not given', async () => {
    const { id: bot_id } = await createBot(storage());
    const first = Date.now();
    await runBatch(
      storage(),
      'a',
      [
        privateInput(bot_id, 1, 7, {
          username: 'ann',
          last_name: 'Lee',
          language: 'en',
          phone: '+1',
          is_blocked: true,
        }),
      ],
      undefined,
      first,
    );
    const id = await findId(bot_id, 7, first + 1);
    await runBatch(
      storage(),
      'a',
      [privateInput(bot_id, 2, 7, { first_name: 'Anna', is_blocked: null })],
      undefined,
      first + 5,
    );
    expect(await storage().users.get(EVERYONE, bot_id, id)).toEqual({
      id,
      bot_id,
      chat_id: 7,
      username: null,
      first_name: 'Anna',
      last_name: null,
      language: null,
      phone: '+1',
      bio: null,
      profile_photo: null,
      is_blocked: false,
      is_active: true,
      tags: [],
      attributes: {},
      first_interaction: new Date(first).toISOString(),
      last_interaction: new Date(first + 5).toISOString(),
    });
    expect((await storage().bots.get(EVERYONE, bot_id))?.user_count).toBe(1);
  });

  test('a contact without `blocked` does not change it, and a message of the user ends it', async () => {
    const { id: bot_id } = await createBot(storage());
    const id = await findUser(storage(), bot_id, 8);
    const state = async () => {
      const user = await storage().users.get(EVERYONE, bot_id, id);
      return [user?.is_blocked, user?.is_active];
    };
    await storage().outbox.failBlocked(bot_id, 8, 'blocked');
    expect(await state()).toEqual([true, false]);
    await runBatch(storage(), 'a', [privateInput(bot_id, nextUpdateId(), 8, { is_blocked: null })]);
    expect(await state()).toEqual([true, false]);
    await runBatch(storage(), 'a', [privateInput(bot_id, nextUpdateId(), 8, { is_blocked: false })]);
    expect(await state()).toEqual([false, true]);
  });

  test('users who can be reached are read in pages by ID, without those who have blocked the bot', async () => {
    const { id: bot_id } = await createBot(storage());
    const { id: other } = await createBot(storage());
    for (const chat_id of [30, 10, 20, 40, 50])
      await runBatch(storage(), 'a', [
        privateInput(bot_id, nextUpdateId(), chat_id, { is_blocked: chat_id === 10 ? null : false }),
      ]);
    await runBatch(storage(), 'a', [privateInput(other, nextUpdateId(), 35, {})]);
    await storage().outbox.failBlocked(bot_id, 20, 'blocked');
    expect(await storage().users.listReachable(bot_id, null, 2)).toEqual([{ chat_id: 10 }, { chat_id: 30 }]);
    expect(await storage().users.listReachable(bot_id, 30, 5)).toEqual([{ chat_id: 40 }, { chat_id: 50 }]);
    expect(await storage().users.listReachable('no uuid', null, 5)).toEqual([]);
  });

  test('a user counts as not blocked by default', async () => {
    const { id: bot_id } = await createBot(storage());
    await runBatch(storage(), 'a', [privateInput(bot_id, nextUpdateId(), 9, { is_blocked: null })]);
    const { items } = await storage().users.list(EVERYONE, bot_id, { is_blocked: false }, { limit: 10 });
    expect(items).toMatchObject([{ chat_id: 9, is_blocked: false, is_active: true }]);
    expect((await storage().users.list(EVERYONE, bot_id, { is_blocked: true }, { limit: 10 })).items).toEqual([]);
  });

  test('the list is paged by last contact, latest first, across hours and with equal times', async () => {
    const { id: bot_id } = await createBot(storage());
    const now = Date.now();
    const times = [now, now, now, now - 1, now - HOUR_MS, now - HOUR_MS, now - 3 * HOUR_MS, now - 50 * HOUR_MS];
    for (const [index, time] of times.entries())
      await runBatch(storage(), 'a', [privateInput(bot_id, nextUpdateId(), 100 + index)], undefined, time);
    const users = await readAll((cursor) => storage().users.list(EVERYONE, bot_id, {}, { limit: 2, cursor }));
    expect(users.map(({ last_interaction }) => Date.parse(last_interaction))).toEqual(times);
    expect(new Set(users.map(({ id }) => id)).size).toBe(times.length);
    const blocked = await readAll((cursor) =>
      storage().users.list(EVERYONE, bot_id, { is_blocked: true }, { limit: 2, cursor }),
    );
    expect(blocked).toEqual([]);
  });

  test('search matches the start of each name, ignores case in any script, and treats % and _ literally', async () => {
    const { id: bot_id } = await createBot(storage());
    const people = [
      { username: 'Zoe_1', first_name: 'Änne', last_name: 'Müller' },
      { username: 'zoex1', first_name: 'ЖАННА', last_name: null },
      { username: null, first_name: '100% Bob', last_name: "O'Neil" },
      { username: null, first_name: '\u{1F600}smile', last_name: 'zoe' },
    ];
    for (const [index, person] of people.entries())
      await runBatch(storage(), 'a', [privateInput(bot_id, nextUpdateId(), 200 + index, person)]);
    const search = async (text: string) => {
      const { items } = await storage().users.list(EVERYONE, bot_id, { search: text }, { limit: 100 });
      return items.map(({ chat_id }) => chat_id).sort();
    };
    expect(await search('zoe')).toEqual([200, 201, 203]);
    expect(await search('ZOE_')).toEqual([200]);
    expect(await search('ä')).toEqual([200]);
    expect(await search('mÜL')).toEqual([200]);
    expect(await search('жан')).toEqual([201]);
    expect(await search('%')).toEqual([]);
    expect(await search('100%')).toEqual([202]);
    expect(await search("o'n")).toEqual([202]);
    expect(await search("'; drop table botloom_bot_user --")).toEqual([]);
    expect(await search('\u{1F600}')).toEqual([203]);
    expect(await search('nne')).toEqual([]);
    expect(await search('')).toEqual([200, 201, 202, 203]);
  });

  test('active users are counted exactly, even within an hour', async () => {
    const { id: bot_id } = await createBot(storage());
    const hour = Math.floor(Date.now() / HOUR_MS) * HOUR_MS - HOUR_MS;
    for (const [index, time] of [hour, hour + 5, hour + HOUR_MS, hour - 1].entries())
      await runBatch(storage(), 'a', [privateInput(bot_id, nextUpdateId(), 300 + index)], undefined, time);
    const counts = await Promise.all(
      [hour - 1, hour, hour + 1, hour + 5, hour + 6, hour + HOUR_MS, hour + HOUR_MS + 1].map((since) =>
        storage().users.countActive(bot_id, since),
      ),
    );
    expect(counts).toEqual([4, 3, 2, 2, 1, 1, 0]);
    expect(await storage().users.countActive(randomUUID(), 0)).toBe(0);
  });

  test('the time of the last contact never decreases', async () => {
    const { id: bot_id } = await createBot(storage());
    const now = Date.now();
    await runBatch(storage(), 'a', [privateInput(bot_id, nextUpdateId(), 400)], undefined, now);
    await runBatch(storage(), 'a', [privateInput(bot_id, nextUpdateId(), 400)], undefined, now - 5 * HOUR_MS);
    const { items } = await storage().users.list(EVERYONE, bot_id, {}, { limit: 1 });
    expect(items[0]?.last_interaction).toBe(new Date(now).toISOString());
  });

  test('a profile is stored and shown with a proxied photo', async () => {
    const { id: bot_id } = await createBot(storage());
    const id = await findUser(storage(), bot_id, 500);
    const other = await findUser(storage(), bot_id, 501);
    await storage().jobs.recordOutcomes('me', [
      {
        kind: 'done',
        id: 0,
        profile: { user_id: id, bio: 'Hi', profile_photo_file_id: 'a/b', read_at: 1_700_000_000_000 },
      },
      {
        kind: 'done',
        id: 0,
        profile: { user_id: other, bio: null, profile_photo_file_id: null, read_at: 1_700_000_000_001 },
      },
    ]);
    expect(await storage().users.get(EVERYONE, bot_id, id)).toMatchObject({
      bio: 'Hi',
      profile_photo: `/api/bots/${bot_id}/files/a%2Fb`,
    });
    let read_at: number | null | undefined;
    await runBatch(storage(), 'a', [privateInput(bot_id, nextUpdateId(), 500)], (locked) => {
      read_at = locked.users.get(userId(bot_id, 500))?.profile_read_at;
      return commit();
    });
    expect(read_at).toBe(1_700_000_000_000);
  });

  test('unknown bots and users are rejected', async () => {
    const { id: bot_id } = await createBot(storage());
    expect(await storage().users.get(EVERYONE, bot_id, randomUUID())).toBeNull();
    expect(await storage().users.get(EVERYONE, bot_id, 'no uuid')).toBeNull();
    await expectCode(storage().users.list(EVERYONE, randomUUID(), {}, { limit: 1 }), 'BOT_NOT_FOUND');
  });

  async function findId(bot_id: string, chat_id: number, now: number): Promise<string> {
    let id = '';
    await runBatch(
      storage(),
      'a',
      [privateInput(bot_id, nextUpdateId() + 1000, chat_id, { is_blocked: false })],
      (locked) => {
        id = locked.users.get(userId(bot_id, chat_id))?.id ?? '';
        return commit();
      },
      now,
    );
    return id;
  }
}
