import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { userId, type BatchInput, type BatchUser, type LockedBatch } from '@botloom/core';
import {
  commit,
  createBot,
  EVERYONE,
  expectCode,
  findUser,
  nextUpdateId,
  privateInput,
  privateKey,
  readAll,
  runBatch,
  startInstance,
} from './fixtures.ts';
import type { CaseGroup } from './storage-target.ts';

const PAGE = { limit: 2 };

/** Tags and attributes: the data of users that flows and the API store. */
export function userDataCases({ storage, openAnother }: CaseGroup): void {
  test('a batch changes tags and attributes, and the next one finds them', async () => {
    const { id: bot_id } = await createBot(storage());
    const attributes = { city: 'Oslo "\\', orders: [1, { n: null }], nul: 'a\u0000\ud800' };
    await change(bot_id, 1, () => ({ tags: ['vip', 'Größe 🙂', "'); --"], attributes }));
    await change(bot_id, 1, (user) => {
      expect(user).toMatchObject({ tags: ['vip', 'Größe 🙂', "'); --"], attributes });
      return { tags: ['new', 'vip'], attributes: {} };
    });
    const [user] = (await storage().users.list(EVERYONE, bot_id, {}, PAGE)).items;
    expect(user).toMatchObject({ tags: ['new', 'vip'], attributes: {} });
    expect(await tagged(bot_id, 'new')).toEqual([1]);
    expect(await tagged(bot_id, "'); --")).toEqual([]);
  });

  test('users of one bot are listed by tag, in pages, even while some of them are active', async () => {
    const [{ id: bot_id }, { id: other }] = [await createBot(storage()), await createBot(storage())];
    for (const chat of [1, 2, 3, 4, 5])
      await change(bot_id, chat, () => ({ tags: chat === 3 ? ['VIP'] : ['vip'], attributes: {} }));
    await change(other, 6, () => ({ tags: ['vip'], attributes: {} }));
    const first = await storage().users.list(EVERYONE, bot_id, { tag: 'vip' }, PAGE);
    for (const { chat_id } of first.items)
      await runBatch(
        storage(),
        'a',
        [privateInput(bot_id, nextUpdateId(), chat_id)],
        undefined,
        Date.now() + 7_200_000,
      );
    const rest = await readAll((cursor) =>
      storage().users.list(EVERYONE, bot_id, { tag: 'vip' }, { ...PAGE, cursor: cursor ?? first.next ?? '' }),
    );
    expect([...first.items, ...rest].map(({ chat_id }) => chat_id).sort()).toEqual([1, 2, 4, 5]);
    expect(await tagged(bot_id, 'VIP')).toEqual([3]);
    expect((await storage().users.list(EVERYONE, bot_id, { tag: 'vip', search: 'unknown' }, PAGE)).items).toEqual([]);
    expect(
      (await storage().users.list(EVERYONE, bot_id, { tag: 'vip', is_blocked: false, search: 'an' }, { limit: 10 }))
        .items,
    ).toHaveLength(4);
    const latest = await storage().users.list(EVERYONE, bot_id, {}, PAGE);
    await expectCode(
      storage().users.list(EVERYONE, bot_id, { tag: 'vip' }, { ...PAGE, cursor: latest.next ?? '' }),
      'CURSOR_INVALID',
    );
    await expectCode(
      storage().users.list(EVERYONE, bot_id, {}, { ...PAGE, cursor: first.next ?? '' }),
      'CURSOR_INVALID',
    );
  });

  test('the API changes a user, and an error during the change changes nothing', async () => {
    const { id: bot_id } = await createBot(storage());
    const id = await findUser(storage(), bot_id, 1);
    const changed = await storage().users.change(EVERYONE, bot_id, id, () => ({
      tags: ['a', 'b'],
      attributes: { n: 1 },
    }));
    expect(changed).toMatchObject({ id, tags: ['a', 'b'], attributes: { n: 1 } });
    expect(await storage().users.get(EVERYONE, bot_id, id)).toEqual(changed);
    const refusal = storage().users.change(EVERYONE, bot_id, id, () => {
      throw new Error('no');
    });
    await expect(refusal).rejects.toThrow('no');
    await storage().users.change(EVERYONE, bot_id, id, ({ attributes }) => ({ tags: ['b'], attributes }));
    expect([await tagged(bot_id, 'a'), await tagged(bot_id, 'b')]).toEqual([[], [1]]);
    for (const [bot, user] of [
      [bot_id, randomUUID()],
      [bot_id, 'no uuid'],
      [randomUUID(), id],
    ] as const) {
      await expectCode(
        storage().users.change(EVERYONE, bot, user, ({ tags, attributes }) => ({ tags, attributes })),
        'USER_NOT_FOUND',
      );
    }
  });

  test('messages, timers and the API change one user concurrently, and nothing is lost', async () => {
    const { id: bot_id } = await createBot(storage());
    const [second, me] = [openAnother(), await startInstance(storage())];
    const id = await findUser(storage(), bot_id, 1);
    await storage().jobs.add(
      Array.from({ length: 10 }, () => ({ bot_id, kind: 'timer', payload: {}, due_at: 1, key: null })),
    );
    const jobs = (await storage().jobs.claimDue(me, 2, 10)).filter((job) => job.bot_id === bot_id);
    const work = jobs.flatMap((job, index) => [
      // In a group: the same user as the timer's, but another session.
      () =>
        update(
          { ...privateInput(bot_id, nextUpdateId(), 1), sessions: [{ bot_id, chat_id: -5, thread_id: 0, user_id: 1 }] },
          `message ${index}`,
        ),
      () =>
        update(
          {
            bot_id,
            claim: { kind: 'job', job_id: job.id },
            user: null,
            known_user: 1,
            sessions: [privateKey(bot_id, 1)],
          },
          `timer ${index}`,
        ),
      () =>
        storage().users.change(EVERYONE, bot_id, id, ({ tags, attributes }) => ({
          tags: [...tags, `api ${index}`],
          attributes,
        })),
    ]);
    await Promise.all(work.map((each) => each()));
    const expected = jobs.flatMap((_, index) => [`api ${index}`, `message ${index}`, `timer ${index}`]);
    expect(expected).toHaveLength(30);
    const user = await storage().users.get(EVERYONE, bot_id, id);
    expect([...(user?.tags ?? [])].sort()).toEqual(expected.sort());
    for (const tag of expected) expect(await tagged(bot_id, tag)).toEqual([1]);

    async function update(input: BatchInput, tag: string): Promise<void> {
      await runBatch(tag.endsWith('1') ? second : storage(), me, [input], (locked) =>
        commit({
          users: [changeOf(locked, bot_id, 1, ({ tags, attributes }) => ({ tags: [...tags, tag], attributes }))],
        }),
      );
    }
  });

  async function change(
    bot_id: string,
    chat_id: number,
    make: (user: BatchUser) => Pick<BatchUser, 'tags' | 'attributes'>,
  ): Promise<void> {
    await runBatch(storage(), 'a', [privateInput(bot_id, nextUpdateId(), chat_id)], (locked) =>
      commit({ users: [changeOf(locked, bot_id, chat_id, make)] }),
    );
  }

  async function tagged(bot_id: string, tag: string): Promise<number[]> {
    const { items } = await storage().users.list(EVERYONE, bot_id, { tag }, { limit: 10 });
    return items.map(({ chat_id }) => chat_id);
  }
}

function changeOf(
  locked: LockedBatch,
  bot_id: string,
  chat_id: number,
  make: (user: BatchUser) => Pick<BatchUser, 'tags' | 'attributes'>,
) {
  const user = locked.users.get(userId(bot_id, chat_id));
  if (user === undefined) throw new Error('The batch found no user.');
  return { id: user.id, bot_id, tags_before: user.tags, ...make(user) };
}
