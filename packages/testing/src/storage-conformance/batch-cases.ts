import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { BatchDataError, sessionId, userId } from '@botloom/core';
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
  readSession,
  runBatch,
} from './fixtures.ts';
import type { CaseGroup } from './storage-target.ts';

export function batchCases({ storage }: CaseGroup): void {
  test('an update is claimed once, within a batch and after it', async () => {
    const { id: bot_id } = await createBot(storage());
    const claims: (readonly boolean[])[] = [];
    const decide = (locked: { readonly claimed: readonly boolean[] }) => {
      claims.push(locked.claimed);
      return commit();
    };
    await runBatch(
      storage(),
      'me',
      [privateInput(bot_id, 1, 1), privateInput(bot_id, 2, 1), privateInput(bot_id, 1, 1)],
      decide,
    );
    await runBatch(storage(), 'me', [privateInput(bot_id, 2, 1), privateInput(bot_id, 3, 1)], decide);
    expect(claims).toEqual([
      [true, true, false],
      [false, true],
    ]);
  });

  test('an update ID lower than the last one is processed, and so is the same ID of another bot', async () => {
    const [{ id: first }, { id: second }] = [await createBot(storage()), await createBot(storage())];
    await runBatch(storage(), 'me', [privateInput(first, 100, 1)]);
    let claimed: readonly boolean[] = [];
    await runBatch(storage(), 'me', [privateInput(first, 50, 1), privateInput(second, 100, 1)], (locked) => {
      claimed = locked.claimed;
      return commit();
    });
    expect(claimed).toEqual([true, true]);
  });

  test('a duplicate updates no user', async () => {
    const { id: bot_id } = await createBot(storage());
    const now = Date.now();
    await runBatch(storage(), 'me', [privateInput(bot_id, 1, 1, { first_name: 'First' })], undefined, now);
    await runBatch(storage(), 'me', [privateInput(bot_id, 1, 1, { first_name: 'Forged' })], undefined, now + 10);
    const { items } = await storage().users.list(EVERYONE, bot_id, {}, { limit: 10 });
    expect(items).toMatchObject([{ first_name: 'First', last_interaction: new Date(now).toISOString() }]);
  });

  test('decide receives the locked users, sessions and bots', async () => {
    const { id: bot_id } = await createBot(storage());
    const key = privateKey(bot_id, 1);
    const session = { flow_version_id: 12, step_id: 'ask', state: { name: 'Ann "A" {1}', n: [1, 2] } };
    await runBatch(storage(), 'me', [privateInput(bot_id, 1, 1)], (locked) => {
      expect(locked.users.get(userId(bot_id, 1))).toMatchObject({
        bot_id,
        chat_id: 1,
        first_name: 'Ann',
        is_new: true,
        attributes: {},
        profile_read_at: null,
        phone: null,
      });
      expect(locked.sessions.get(sessionId(key))).toEqual({ flow_version_id: null, step_id: null, state: {} });
      expect(locked.bots.get(bot_id)).toEqual({ revision: 1, is_active: true });
      return commit({ sessions: [{ key, session }] });
    });
    await runBatch(storage(), 'me', [privateInput(bot_id, 2, 1)], (locked) => {
      expect(locked.users.get(userId(bot_id, 1))).toMatchObject({ is_new: false });
      expect(locked.sessions.get(sessionId(key))).toEqual(session);
      return commit();
    });
  });

  test('several updates of one new user in a batch create one user with the last name and lose nothing', async () => {
    const { id: bot_id } = await createBot(storage());
    const inputs = [
      privateInput(bot_id, 1, 1, { first_name: 'A', phone: '+49' }),
      privateInput(bot_id, 2, 1, { first_name: 'B', is_blocked: null }),
      privateInput(bot_id, 3, 2, { first_name: 'C' }),
    ];
    await runBatch(storage(), 'me', inputs, (locked) => {
      expect(locked.users.get(userId(bot_id, 1))).toMatchObject({ first_name: 'B', phone: '+49', is_new: true });
      return commit();
    });
    expect((await storage().bots.get(EVERYONE, bot_id))?.user_count).toBe(2);
    const { items } = await storage().users.list(EVERYONE, bot_id, { search: 'B' }, { limit: 1 });
    expect(items).toMatchObject([{ phone: '+49', is_blocked: false }]);
  });

  test('a rollback undoes everything, including the claims', async () => {
    const { id: bot_id } = await createBot(storage());
    expect(await runBatch(storage(), 'me', [privateInput(bot_id, 1, 1)], () => ({ kind: 'rollback' }))).toEqual({
      kind: 'rolled_back',
      messages: [],
      calls: [],
    });
    expect((await storage().users.list(EVERYONE, bot_id, {}, { limit: 1 })).items).toEqual([]);
    let claimed: readonly boolean[] = [];
    await runBatch(storage(), 'me', [privateInput(bot_id, 1, 1)], (locked) => {
      claimed = locked.claimed;
      return commit();
    });
    expect(claimed).toEqual([true]);
  });

  test('an error of decide is rethrown and rolls the batch back', async () => {
    const { id: bot_id } = await createBot(storage());
    const failure = new RangeError('mine');
    await expect(
      runBatch(storage(), 'me', [privateInput(bot_id, 1, 1)], () => {
        throw failure;
      }),
    ).rejects.toBe(failure);
    expect((await storage().bots.get(EVERYONE, bot_id))?.request_count).toBe(0);
    await runBatch(storage(), 'me', [privateInput(bot_id, 1, 1)]);
    expect((await storage().bots.get(EVERYONE, bot_id))?.request_count).toBe(1);
  });

  test('messages get increasing IDs in their order, and calls come after the messages that they follow', async () => {
    const { id: bot_id } = await createBot(storage());
    const owner = randomUUID();
    const call = {
      bot_id,
      chat_id: 1,
      method: 'sendChatAction',
      payload: { action: 'typing' },
      expires_at: FAR_FUTURE_MS,
    };
    const outcome = await runBatch(storage(), owner, [privateInput(bot_id, 1, 1)], () =>
      commit({
        messages: [incoming(bot_id, 1), outgoing(bot_id, 1, { text: 'one' }), outgoing(bot_id, 1, { text: 'two' })],
        calls: [
          { ...call, after_message: 1 },
          { ...call, method: 'editMessageText', after_message: -1 },
        ],
      }),
    );
    const ids = outcome.messages.map(({ id }) => id);
    expect(ids).toEqual([...ids].sort((a, b) => a - b));
    expect(outcome.messages.map((message) => message.owner)).toEqual([null, owner, owner]);
    expect(outcome.calls.map((each) => each.owner)).toEqual([owner, owner]);
    expect(outcome.calls[0]!.position).toBe(ids[1]);
    expect(outcome.calls[0]!.id).toBeGreaterThan(ids[2]!);
    expect(outcome.calls[1]!.position).toBeGreaterThanOrEqual(ids[2]!);
    await runBatch(storage(), owner, [privateInput(bot_id, 2, 1)], () =>
      commit({ messages: [outgoing(bot_id, 1, { text: 'three' })] }),
    );
    const items = await storage().outbox.load(owner, null, 10);
    expect(items.map(({ method, position, id }) => [method, position <= id])).toEqual([
      ['sendMessage', true],
      ['sendChatAction', true],
      ['sendMessage', true],
      ['editMessageText', true],
      ['sendMessage', true],
    ]);
  });

  test('a batch with every kind of row is written', async () => {
    const { id: bot_id } = await createBot(storage());
    const key = privateKey(bot_id, 1);
    const flow_id = randomUUID();
    await runBatch(storage(), 'me', [privateInput(bot_id, 1, 1)], (locked) =>
      commit({
        sessions: [{ key, session: { flow_version_id: 1, step_id: 's', state: {} } }],
        answers: [
          {
            key,
            user_id: locked.users.get(userId(bot_id, 1))!.id,
            flow_id,
            flow_version_id: 1,
            step_id: 'q',
            variable: 'name',
            value: { a: ['b', null, 1.5] },
          },
        ],
        messages: [
          incoming(bot_id, 1, { user_id: locked.users.get(userId(bot_id, 1))!.id }),
          outgoing(bot_id, 1, { flow_id }),
        ],
        jobs: [
          { bot_id, kind: 'read_profile', payload: {}, due_at: 5, key: `a:${bot_id}` },
          { bot_id, kind: 'read_profile', payload: {}, due_at: 5, key: `a:${bot_id}` },
        ],
      }),
    );
    expect((await storage().messages.list(EVERYONE, bot_id, {}, { limit: 10 })).items).toHaveLength(2);
    expect((await storage().jobs.claimDue('me', 10, 100)).filter((job) => job.bot_id === bot_id)).toHaveLength(1);
  });

  test('in a group, the user has one session and the chat has another', async () => {
    const { id: bot_id } = await createBot(storage());
    const chat = { bot_id, chat_id: -100, thread_id: 0, user_id: 0 };
    const own = { bot_id, chat_id: -100, thread_id: 9, user_id: 5 };
    const input = { ...privateInput(bot_id, 1, 5), sessions: [own, chat] };
    await runBatch(storage(), 'me', [input], (locked) => {
      expect([...locked.sessions.keys()].sort()).toEqual([sessionId(chat), sessionId(own)].sort());
      return commit({
        sessions: [{ key: own, session: { flow_version_id: 1, step_id: 'x', state: {} } }],
        messages: [outgoing(bot_id, -100, { thread_id: 9 })],
      });
    });
    expect(await readSession(storage(), own)).toMatchObject({ step_id: 'x' });
    expect(await readSession(storage(), chat)).toMatchObject({ step_id: null });
  });

  test('a job result is claimed once, by its job, and finishes the job', async () => {
    const { id: bot_id } = await createBot(storage());
    await storage().jobs.add([{ bot_id, kind: 'http', payload: {}, due_at: 1, key: null }]);
    const job = (await storage().jobs.claimDue('me', 10, 100)).find((each) => each.bot_id === bot_id)!;
    const input = {
      bot_id,
      claim: { kind: 'job', job_id: job.id } as const,
      user: null,
      sessions: [privateKey(bot_id, 1)],
    };
    const claims: (readonly boolean[])[] = [];
    for (let time = 0; time < 2; time += 1) {
      await runBatch(storage(), 'me', [input, privateInput(bot_id, 10 + time, 1)], (locked) => {
        claims.push(locked.claimed);
        return commit();
      });
    }
    expect(claims).toEqual([
      [true, true],
      [false, true],
    ]);
    expect((await storage().bots.get(EVERYONE, bot_id))?.request_count).toBe(2);
  });

  test('a job result reads its user without updating it, and creates no user', async () => {
    const { id: bot_id } = await createBot(storage());
    const then = Date.now() - 60_000;
    await runBatch(
      storage(),
      'me',
      [privateInput(bot_id, 1, 1, { username: 'ann', last_name: "O'Neil {1}", language: 'en', phone: '+49' })],
      undefined,
      then,
    );
    await storage().jobs.add([1, 2, 3].map((due_at) => ({ bot_id, kind: 'timer', payload: {}, due_at, key: null })));
    const jobs = (await storage().jobs.claimDue('me', 10, 100)).filter((each) => each.bot_id === bot_id);
    const input = (index: number, chat_id: number) =>
      ({
        bot_id,
        claim: { kind: 'job', job_id: jobs[index]!.id },
        user: null,
        known_user: chat_id,
        sessions: [privateKey(bot_id, chat_id)],
      }) as const;
    await runBatch(storage(), 'me', [input(0, 1), input(1, 2)], (locked) => {
      expect(locked.claimed).toEqual([true, true]);
      const ann = {
        username: 'ann',
        first_name: 'Ann',
        last_name: "O'Neil {1}",
        language: 'en',
        phone: '+49',
        attributes: {},
        is_new: false,
        profile_read_at: null,
      };
      expect(locked.users.get(userId(bot_id, 1))).toMatchObject({ bot_id, chat_id: 1, ...ann });
      expect(locked.users.has(userId(bot_id, 2))).toBe(false);
      return commit();
    });
    const { items } = await storage().users.list(EVERYONE, bot_id, {}, { limit: 10 });
    expect(items).toMatchObject([{ last_interaction: new Date(then).toISOString() }]);
    await runBatch(storage(), 'me', [input(2, 1), privateInput(bot_id, 2, 1, { first_name: 'Anna' })], (locked) => {
      expect(locked.users.get(userId(bot_id, 1))).toMatchObject({ first_name: 'Anna', phone: '+49' });
      return commit();
    });
    expect((await storage().bots.get(EVERYONE, bot_id))?.user_count).toBe(1);
  });

  test('a job of an inactive bot is not claimed, but waits for the bot', async () => {
    const { id: bot_id } = await createBot(storage());
    await storage().jobs.add([{ bot_id, kind: 'timer', payload: {}, due_at: 1, key: null }]);
    const job = (await storage().jobs.claimDue('me', 10, 100)).find((each) => each.bot_id === bot_id)!;
    const input = {
      bot_id,
      claim: { kind: 'job', job_id: job.id },
      user: null,
      known_user: 1,
      sessions: [privateKey(bot_id, 1)],
    } as const;
    for (const is_active of [false, true]) {
      await storage().bots.update(EVERYONE, bot_id, { is_active });
      await runBatch(storage(), 'me', [input], (locked) => {
        expect(locked.claimed).toEqual([is_active]);
        return commit();
      });
    }
  });

  test('updates of a deleted bot are not claimed; those of an inactive bot are, and update no user', async () => {
    const { id: bot_id } = await createBot(storage());
    await storage().bots.update(EVERYONE, bot_id, { is_active: false });
    const unknown = randomUUID();
    await runBatch(storage(), 'me', [privateInput(unknown, 1, 1), privateInput(bot_id, 1, 1)], (locked) => {
      expect(locked.claimed).toEqual([false, true]);
      expect(locked.bots.has(unknown)).toBe(false);
      expect(locked.bots.get(bot_id)).toMatchObject({ is_active: false });
      expect([locked.users.size, locked.sessions.size]).toEqual([0, 0]);
      return commit();
    });
    expect((await storage().users.list(EVERYONE, bot_id, {}, { limit: 1 })).items).toEqual([]);
  });

  test('queued rows of a migrated chat move to the new chat', async () => {
    const { id: bot_id } = await createBot(storage());
    const owner = randomUUID();
    const chat = (id: number) => ({
      ...privateInput(bot_id, nextUpdateId(), 5),
      sessions: [{ bot_id, chat_id: id, thread_id: 0, user_id: 0 }],
    });
    await runBatch(storage(), owner, [chat(-1)], () => commit({ messages: [outgoing(bot_id, -1)] }));
    await runBatch(storage(), owner, [chat(-2)], () =>
      commit({ migrated_chats: [{ bot_id, from_chat_id: -1, to_chat_id: -2 }] }),
    );
    expect((await storage().outbox.load(owner, null, 10)).map(({ chat_id }) => chat_id)).toEqual([-2]);
  });

  test('invalid data throws BatchDataError, changes nothing, and does not affect later batches', async () => {
    const { id: bot_id } = await createBot(storage());
    const bad = { ...incoming(bot_id, 1), flow_id: 'no uuid', type: null as unknown as string };
    await expect(
      runBatch(storage(), 'me', [privateInput(bot_id, 1, 1)], () => commit({ messages: [bad] })),
    ).rejects.toBeInstanceOf(BatchDataError);
    expect((await storage().bots.get(EVERYONE, bot_id))?.request_count).toBe(0);
    await runBatch(storage(), 'me', [privateInput(bot_id, 1, 1)]);
    expect((await storage().bots.get(EVERYONE, bot_id))?.request_count).toBe(1);
  });

  test('U+0000 is rejected by PostgreSQL and stored by SQLite, and the next batch works on both', async () => {
    const { id: bot_id } = await createBot(storage());
    const batch = runBatch(storage(), 'me', [privateInput(bot_id, 1, 1)], () =>
      commit({ messages: [incoming(bot_id, 1, { text: 'a\u0000b' })] }),
    );
    if (storage().dialect === 'postgres') await expect(batch).rejects.toBeInstanceOf(BatchDataError);
    else expect((await storage().messages.get(EVERYONE, bot_id, (await batch).messages[0]!.id))?.text).toBe('a\u0000b');
    await runBatch(storage(), 'me', [privateInput(bot_id, 2, 1)]);
  });

  test('a large batch of many bots and chats is written completely', async () => {
    const bots = await Promise.all([1, 2, 3].map(async () => (await createBot(storage())).id));
    const inputs = Array.from({ length: 256 }, (_, index) => privateInput(bots[index % 3]!, index, index % 50));
    const outcome = await runBatch(storage(), 'me', inputs, () =>
      commit({
        messages: inputs.flatMap(({ bot_id, user }) => [
          incoming(bot_id, user!.chat_id),
          outgoing(bot_id, user!.chat_id),
        ]),
      }),
    );
    expect(new Set(outcome.messages.map(({ id }) => id)).size).toBe(512);
    const counts = await Promise.all(bots.map((id) => storage().bots.get(EVERYONE, id)));
    expect(counts.reduce((sum, bot) => sum + bot!.request_count, 0)).toBe(256);
  });

  test('an empty batch is valid', async () => {
    expect(await runBatch(storage(), 'me', [])).toEqual({ kind: 'committed', messages: [], calls: [] });
  });
}
