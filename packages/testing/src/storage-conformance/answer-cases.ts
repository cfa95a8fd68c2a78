import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { userId, type BatchWrites } from '@botloom/core';
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
} from './fixtures.ts';
import type { CaseGroup } from './storage-target.ts';

type Answer = BatchWrites['answers'][number];

export function answerCases({ storage }: CaseGroup): void {
  const newAnswer = (bot_id: string, chat_id: number, change: Partial<Answer> = {}): Answer => ({
    key: privateKey(bot_id, chat_id),
    user_id: null,
    flow_id: randomUUID(),
    flow_version_id: 1,
    step_id: 'age',
    variable: 'age',
    value: 31,
    ...change,
  });
  const store = (bot_id: string, chat_id: number, answers: readonly Answer[], now = Date.now()) =>
    runBatch(storage(), 'me', [privateInput(bot_id, nextUpdateId(), chat_id)], () => commit({ answers }), now);

  test('an answer is stored with every field, and its value keeps its type', async () => {
    const { id: bot_id } = await createBot(storage());
    const user_id = await findUser(storage(), bot_id, 1);
    const [now, flow_id] = [Date.now(), randomUUID()];
    const values = [
      31,
      -0.5,
      true,
      null,
      '',
      'a "b" \\c\n{d}, ü \u{1F600}',
      '31',
      'null',
      ['x', 1, [null]],
      { lat: 52.5, deep: [{ z: 1, a: null }] },
      [],
    ];
    const fields = { user_id, flow_id, flow_version_id: 7, step_id: 'größe', variable: 'größe' };
    for (const value of values) await store(bot_id, 1, [newAnswer(bot_id, 1, { ...fields, value })], now);
    const { items } = await storage().answers.list(EVERYONE, bot_id, {}, { limit: 100 });
    expect(items.map(({ value }) => value)).toEqual([...values].reverse());
    expect(items.at(-1)).toEqual({
      id: items.at(-1)?.id,
      bot_id,
      user_id,
      chat_id: 1,
      thread_id: 0,
      flow_id,
      flow_version_id: 7,
      step_id: 'größe',
      variable: 'größe',
      value: 31,
      created_at: new Date(now).toISOString(),
    });
  });

  test('the list is paged, newest first, and filters by user, flow, step, variable and time', async () => {
    const { id: bot_id } = await createBot(storage());
    const { id: other } = await createBot(storage());
    const [ann, bob] = [await findUser(storage(), bot_id, 2), await findUser(storage(), bot_id, 3)];
    const [survey, order] = [randomUUID(), randomUUID()];
    const start = Date.now();
    for (let index = 0; index < 6; index += 1) {
      const at = start + Math.floor(index / 2);
      // Two answers of one batch have the same time. Their order is the order in the batch.
      await store(
        bot_id,
        2,
        [
          newAnswer(bot_id, 2, { user_id: ann, flow_id: survey, value: index }),
          newAnswer(bot_id, 2, { user_id: bob, flow_id: order, step_id: 'where', variable: 'city', value: 'x' }),
        ],
        at,
      );
      await store(
        other,
        2,
        [newAnswer(other, 2, { user_id: await findUser(storage(), other, 2), flow_id: survey })],
        at,
      );
    }
    const all = await readAll((cursor) => storage().answers.list(EVERYONE, bot_id, {}, { limit: 5, cursor }));
    expect(all).toHaveLength(12);
    const ids = all.map(({ id }) => id);
    expect(ids).toEqual([...ids].sort((a, b) => b - a));
    const read = (filter: Parameters<ReturnType<typeof storage>['answers']['list']>[2]) =>
      readAll((cursor) => storage().answers.list(EVERYONE, bot_id, filter, { limit: 2, cursor }));
    expect((await read({ user_id: ann })).map(({ value }) => value)).toEqual([5, 4, 3, 2, 1, 0]);
    expect((await read({ flow_id: survey })).map(({ value }) => value)).toEqual([5, 4, 3, 2, 1, 0]);
    const count = async (filter: Parameters<typeof read>[0]) => (await read(filter)).length;
    expect(await count({ user_id: randomUUID() })).toBe(0);
    expect(await count({ flow_id: randomUUID() })).toBe(0);
    expect(await count({ user_id: 'unknown' })).toBe(0);
    expect(await count({ flow_id: 'none' })).toBe(0);
    expect(await count({ step_id: 'where' })).toBe(6);
    expect(await count({ variable: 'age' })).toBe(6);
    expect(await count({ variable: 'Age' })).toBe(0);
    expect(await count({ user_id: bob, flow_id: order, step_id: 'where', variable: 'city' })).toBe(6);
    expect(await count({ user_id: bob, flow_id: survey })).toBe(0);
    const [from, to] = [new Date(start + 1).toISOString(), new Date(start + 2).toISOString()];
    expect(await count({ from })).toBe(8);
    expect(await count({ to: from })).toBe(4);
    expect(await count({ from, to, flow_id: survey })).toBe(2);
    expect(await count({ user_id: ann, from, to })).toBe(2);
  });

  test('the list rejects a bot that does not exist and a cursor that no list has returned', async () => {
    const { id: bot_id } = await createBot(storage());
    await expectCode(storage().answers.list(EVERYONE, randomUUID(), {}, { limit: 1 }), 'BOT_NOT_FOUND');
    await expectCode(storage().answers.list(EVERYONE, bot_id, {}, { limit: 1, cursor: 'x' }), 'CURSOR_INVALID');
  });

  test('an answer is stored if and only if its batch is committed', async () => {
    const { id: bot_id } = await createBot(storage());
    const input = privateInput(bot_id, nextUpdateId(), 4);
    await runBatch(storage(), 'me', [input], (locked) => {
      expect(locked.users.get(userId(bot_id, 4))).toBeDefined();
      return { kind: 'rollback' };
    });
    for (let delivery = 0; delivery < 2; delivery += 1) {
      await runBatch(storage(), 'me', [input], ({ claimed }) =>
        commit({ answers: claimed[0] === true ? [newAnswer(bot_id, 4)] : [] }),
      );
    }
    expect((await storage().answers.list(EVERYONE, bot_id, {}, { limit: 10 })).items).toHaveLength(1);
  });
}
