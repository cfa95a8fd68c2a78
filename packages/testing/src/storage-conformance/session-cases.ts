import { expect, test } from 'vitest';
import { NO_WAIT, sessionId, type SessionKey, type SessionSummary, type Storage } from '@botloom/core';
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
  userUpsert,
} from './fixtures.ts';
import type { CaseGroup } from './storage-target.ts';

export function sessionCases({ storage }: CaseGroup): void {
  /** Sets the session of a user to a step, or to no flow. */
  async function putSession(
    key: SessionKey,
    step_id: string | null,
    summary: SessionSummary = NO_WAIT,
    flow_version_id: number | null = step_id === null ? null : 1,
    store: Storage = storage(),
  ): Promise<void> {
    const input = {
      bot_id: key.bot_id,
      claim: { kind: 'update', update_id: nextUpdateId() } as const,
      user: userUpsert(key.user_id),
      sessions: [key],
    };
    await runBatch(store, 'no owner', [input], (locked) => {
      expect(locked.sessions.has(sessionId(key))).toBe(true);
      return commit({ sessions: [{ key, session: { flow_version_id, step_id, state: {} }, summary }] });
    });
  }

  const inGroup = (bot_id: string, user_id: number, thread_id = 0): SessionKey => ({
    bot_id,
    chat_id: -100,
    thread_id,
    user_id,
  });
  const waits = (
    wait_reason: SessionSummary['wait_reason'],
    deadline: number | null = null,
    wait_subject: string | null = null,
  ): SessionSummary => ({ wait_reason, wait_subject, deadline });

  test('a session is returned with its user, flow, step and wait', async () => {
    const { id: bot_id } = await createBot(storage());
    const flow = await storage().flows.create(EVERYONE, {
      bot_id,
      name: 'Order',
      flow_data: {},
      trigger_command: null,
      is_default: false,
      is_active: true,
    });
    const [version] = (await storage().flows.published(bot_id)).flows;
    const id = await findUser(storage(), bot_id, 7);
    await putSession(
      privateKey(bot_id, 7),
      'paid',
      waits('event', 1_790_000_000_000, 'order_paid'),
      version!.version_id,
    );
    const record = await storage().sessions.get(EVERYONE, bot_id, privateKey(bot_id, 7));
    expect(record).toEqual({
      id: '7_0_7',
      bot_id,
      chat_id: 7,
      thread_id: 0,
      user: { id, chat_id: 7, username: null, first_name: 'Ann', last_name: null },
      flow_id: flow.id,
      flow_name: 'Order',
      flow_version: 1,
      step_id: 'paid',
      wait_reason: 'event',
      wait_subject: 'order_paid',
      deadline: new Date(1_790_000_000_000).toISOString(),
      updated_at: expect.stringMatching(/Z$/) as string,
    });
    expect((await storage().sessions.list(EVERYONE, bot_id, {}, { limit: 10 })).items).toEqual([record]);
    // The flow may have been deleted in the meantime.
    await storage().flows.delete(EVERYONE, bot_id, flow.id);
    expect(await storage().sessions.get(EVERYONE, bot_id, privateKey(bot_id, 7))).toMatchObject({
      flow_id: null,
      flow_name: null,
      flow_version: null,
      step_id: 'paid',
    });
  });

  test('a session without a flow can be read but is not listed; the row of a chat is not a session', async () => {
    const { id: bot_id } = await createBot(storage());
    await putSession(privateKey(bot_id, 7), 'q');
    await putSession(privateKey(bot_id, 7), null);
    await runBatch(storage(), 'no owner', [
      {
        bot_id,
        claim: { kind: 'update', update_id: nextUpdateId() },
        user: null,
        sessions: [{ bot_id, chat_id: -100, thread_id: 0, user_id: 0 }],
      },
    ]);
    expect(await storage().sessions.get(EVERYONE, bot_id, privateKey(bot_id, 7))).toMatchObject({
      step_id: null,
      flow_id: null,
      wait_reason: null,
      deadline: null,
    });
    expect(await storage().sessions.get(EVERYONE, bot_id, { chat_id: -100, thread_id: 0, user_id: 0 })).toBeNull();
    expect(await storage().sessions.get(EVERYONE, bot_id, { chat_id: 8, thread_id: 0, user_id: 8 })).toBeNull();
    expect(await storage().sessions.list(EVERYONE, bot_id, {}, { limit: 10 })).toEqual({ items: [], next: null });
  });

  test('lists are paged: all sessions, those of one user in all chats, and by wait', async () => {
    const { id: bot_id } = await createBot(storage());
    const { id: other } = await createBot(storage());
    await putSession(privateKey(other, 3), 'q');
    for (let chat = 1; chat <= 7; chat += 1)
      await putSession(
        privateKey(bot_id, chat),
        chat % 2 === 0 ? 'q' : 'w',
        chat % 2 === 0 ? NO_WAIT : waits(chat === 1 ? 'time' : 'event'),
      );
    await putSession(inGroup(bot_id, 3), 'q');
    await putSession(inGroup(bot_id, 3, 5), 'w', waits('event'));
    await putSession(inGroup(bot_id, 4), null);
    const user_id = await findUser(storage(), bot_id, 3);
    const ids = async (filter: Parameters<Storage['sessions']['list']>[2], limit = 2): Promise<string[]> =>
      (await readAll((cursor) => storage().sessions.list(EVERYONE, bot_id, filter, { limit, cursor }))).map(
        ({ id }) => id,
      );
    expect(await ids({})).toEqual([
      '-100_0_3',
      '-100_5_3',
      '1_0_1',
      '2_0_2',
      '3_0_3',
      '4_0_4',
      '5_0_5',
      '6_0_6',
      '7_0_7',
    ]);
    expect(await ids({ wait_reason: 'event' })).toEqual(['-100_5_3', '3_0_3', '5_0_5', '7_0_7']);
    expect(await ids({ wait_reason: 'person' })).toEqual(['-100_0_3', '2_0_2', '4_0_4', '6_0_6']);
    expect(await ids({ wait_reason: 'http' })).toEqual([]);
    expect(await ids({ user_id })).toEqual(['-100_0_3', '-100_5_3', '3_0_3']);
    expect(await ids({ user_id, wait_reason: 'event' }, 1)).toEqual(['-100_5_3', '3_0_3']);
    expect(await ids({ user_id: 'no uuid' })).toEqual([]);
    // A session that no longer waits is removed from the list.
    await putSession(privateKey(bot_id, 3), 'q');
    expect(await ids({ user_id, wait_reason: 'event' })).toEqual(['-100_5_3']);
    await expectCode(storage().sessions.list(EVERYONE, bot_id, {}, { limit: 1, cursor: 'none' }), 'CURSOR_INVALID');
  });

  test('among many sessions without a flow, a page may be empty and still have a next page', async () => {
    const { id: bot_id } = await createBot(storage());
    const chats = Array.from({ length: 5_100 }, (_, index) => index + 1);
    for (let from = 0; from < chats.length; from += 300) {
      const inputs = chats.slice(from, from + 300).map((chat) => ({
        bot_id,
        claim: { kind: 'update', update_id: nextUpdateId() } as const,
        user: null,
        sessions: [privateKey(bot_id, chat)],
      }));
      await runBatch(storage(), 'no owner', inputs, () =>
        commit({
          sessions: inputs.map(({ sessions: [key] }) => ({
            key: key!,
            session: { flow_version_id: null, step_id: null, state: {} },
          })),
        }),
      );
    }
    await putSession(privateKey(bot_id, 5_050), 'q');
    const first = await storage().sessions.list(EVERYONE, bot_id, {}, { limit: 10 });
    expect(first.items).toEqual([]);
    const second = await storage().sessions.list(EVERYONE, bot_id, {}, { limit: 10, cursor: first.next ?? '' });
    expect(second).toMatchObject({ items: [{ id: '5050_0_5050' }], next: null });
  }, 30_000);

  test('the last committed state of a session is returned, without waiting for a lock on it', async () => {
    const { id: bot_id } = await createBot(storage());
    const key: SessionKey = { bot_id, chat_id: 7, thread_id: 0, user_id: 7 };
    const session = { flow_version_id: null, step_id: 'pay', state: { wait: { token: 'e1' } } };
    expect(await storage().sessions.find(key)).toBeNull();
    await runBatch(storage(), 'a', [privateInput(bot_id, nextUpdateId(), 7)], (locked) => {
      expect(locked.sessions.has(sessionId(key))).toBe(true);
      return commit({ sessions: [{ key, session }] });
    });
    expect(await storage().sessions.find(key)).toEqual(session);
    for (const other of [{ chat_id: 8 }, { thread_id: 1 }, { user_id: 8 }])
      expect(await storage().sessions.find({ ...key, ...other })).toBeNull();
  });
}
