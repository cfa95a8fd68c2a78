import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { NewMessage } from '@botloom/core';
import {
  commit,
  createBot,
  EVERYONE,
  FAR_FUTURE_MS,
  findUser,
  nextUpdateId,
  outgoing,
  privateInput,
  runBatch,
  sendTo,
  startInstance,
} from './fixtures.ts';
import type { CaseGroup } from './storage-target.ts';

export function outboxCases({ storage }: CaseGroup): void {
  test("load returns an owner's rows in pages, oldest first", async () => {
    const { id: bot_id } = await createBot(storage());
    const owner = randomUUID();
    const user_id = await findUser(storage(), bot_id, 1);
    const send = { method: 'sendPhoto', delivery: 'at_most_once', expires_at: 1_800_000_000_000 } as const;
    const call = { bot_id, chat_id: 1, method: 'sendChatAction', payload: { a: 1 }, expires_at: FAR_FUTURE_MS };
    for (let index = 0; index < 3; index += 1) {
      await runBatch(storage(), owner, [privateInput(bot_id, nextUpdateId(), 1)], () =>
        commit({
          messages: [outgoing(bot_id, 1, { user_id, thread_id: 4, payload: { n: index }, send }), outgoing(bot_id, 1)],
          calls: [{ ...call, after_message: 0 }],
        }),
      );
    }
    const all = await storage().outbox.load(owner, null, 100);
    expect(all.map(({ method }) => method)).toEqual([
      'sendPhoto',
      'sendChatAction',
      'sendMessage',
      'sendPhoto',
      'sendChatAction',
      'sendMessage',
      'sendPhoto',
      'sendChatAction',
      'sendMessage',
    ]);
    expect(all[0]).toEqual({
      source: 'message',
      id: all[0]!.id,
      position: all[0]!.id,
      bot_id,
      user_id,
      chat_id: 1,
      thread_id: 4,
      method: 'sendPhoto',
      payload: { n: 0 },
      delivery: 'at_most_once',
      expires_at: 1_800_000_000_000,
      was_attempted: false,
    });
    expect(all[1]).toMatchObject({
      source: 'call',
      position: all[0]!.id,
      payload: { a: 1 },
      delivery: 'at_least_once',
      user_id: null,
    });
    const paged = [];
    for (let after: { position: number; id: number } | null = null; ;) {
      const page = await storage().outbox.load(owner, after, 2);
      paged.push(...page);
      const last = page.at(-1);
      if (last === undefined) break;
      after = { position: last.position, id: last.id };
    }
    expect(paged).toEqual(all);
    expect(await storage().outbox.backlog(owner)).toBe(9);
  });

  test('settle records sent and failed messages, and removes calls', async () => {
    const { id: bot_id } = await createBot(storage());
    const owner = randomUUID();
    const call = {
      bot_id,
      chat_id: 1,
      method: 'sendChatAction',
      payload: {},
      expires_at: FAR_FUTURE_MS,
      after_message: -1,
    };
    const { messages, calls } = await runBatch(storage(), owner, [privateInput(bot_id, nextUpdateId(), 1)], () =>
      commit({ messages: [outgoing(bot_id, 1), outgoing(bot_id, 1), outgoing(bot_id, 1)], calls: [call, call] }),
    );
    const at = Date.now();
    await storage().outbox.recordOutcomes(owner, [
      { source: 'message', id: messages[0]!.id, kind: 'sent', telegram_message_id: 41, at },
      { source: 'message', id: messages[1]!.id, kind: 'failed', reason: 'chat "not" found\\' },
      { source: 'call', id: calls[0]!.id, kind: 'sent', telegram_message_id: null, at },
      { source: 'call', id: calls[1]!.id, kind: 'failed', reason: 'x' },
    ]);
    const { items } = await storage().messages.list(EVERYONE, bot_id, {}, { limit: 10 });
    expect(
      items.map(({ status, telegram_message_id, failure, sent_at }) => [status, telegram_message_id, failure, sent_at]),
    ).toEqual([
      ['queued', null, null, null],
      ['failed', null, 'chat "not" found\\', null],
      ['sent', 41, null, new Date(at).toISOString()],
    ]);
    expect(await storage().outbox.backlog(owner)).toBe(1);
    await storage().outbox.recordOutcomes(owner, []);
  });

  test('an owner that has lost a row can record that it was sent, but not that it failed', async () => {
    const { id: bot_id } = await createBot(storage());
    const owner = randomUUID();
    const [first, second] = [await sendTo(storage(), owner, bot_id, 1), await sendTo(storage(), owner, bot_id, 1)];
    await storage().outbox.recordOutcomes('another owner', [
      { source: 'message', id: first.id, kind: 'sent', telegram_message_id: 1, at: 1 },
      { source: 'message', id: second.id, kind: 'failed', reason: 'x' },
    ]);
    expect((await storage().outbox.load(owner, null, 10)).map(({ id }) => id)).toEqual([second.id]);
    await storage().outbox.recordOutcomes(owner, [
      { source: 'message', id: first.id, kind: 'failed', reason: 'too late' },
    ]);
    expect(await storage().messages.get(EVERYONE, bot_id, first.id)).toMatchObject({ status: 'sent' });
  });

  test('a result that the database rejects fails alone: the other results of the batch are recorded', async () => {
    const { id: bot_id } = await createBot(storage());
    const owner = randomUUID();
    const [good, bad] = [await sendTo(storage(), owner, bot_id, 1), await sendTo(storage(), owner, bot_id, 1)];
    const sent = (id: number, telegram_message_id: number) =>
      ({ source: 'message', id, kind: 'sent', telegram_message_id, at: Date.now() }) as const;
    const [recorded, refused, batch] = await Promise.allSettled([
      storage().outbox.recordOutcomes(owner, [sent(good.id, 41)]),
      storage().outbox.recordOutcomes(owner, [sent(bad.id, 0.5)]),
      runBatch(storage(), owner, [privateInput(bot_id, nextUpdateId(), 1)], () =>
        commit({ messages: [outgoing(bot_id, 1)] }),
      ),
    ]);
    expect([recorded.status, batch.status]).toEqual(['fulfilled', 'fulfilled']);
    expect(refused).toMatchObject({ status: 'rejected', reason: { name: 'BatchDataError' } });
    expect(await storage().messages.get(EVERYONE, bot_id, good.id)).toMatchObject({
      status: 'sent',
      telegram_message_id: 41,
    });
    expect(await storage().messages.get(EVERYONE, bot_id, bad.id)).toMatchObject({ status: 'queued' });
  });

  test('an awaited failure creates one job with the reason, in its transaction; others create none', async () => {
    const { id: bot_id } = await createBot(storage());
    const [owner, me] = [randomUUID(), await startInstance(storage())];
    const awaited = (token: string): NewMessage =>
      outgoing(bot_id, 1, {
        send: {
          method: 'sendInvoice',
          delivery: 'at_least_once',
          expires_at: FAR_FUTURE_MS,
          on_failure: { chat_id: 1, token },
        },
      });
    const { messages } = await runBatch(storage(), owner, [privateInput(bot_id, nextUpdateId(), 1)], () =>
      commit({ messages: [awaited('a'), awaited('b'), awaited('c'), outgoing(bot_id, 1)] }),
    );
    const [first, second, , other] = messages.map(({ id }) => id);
    const failed = (id: number) => ({ source: 'message', id, kind: 'failed', reason: 'Bad "Request"\\ 💳' }) as const;
    const told = async (): Promise<unknown[]> => {
      const jobs = await storage().jobs.claimDue(me, Date.now() + 1_000, 100);
      // Other cases count all rows.
      await storage().jobs.recordOutcomes(
        me,
        jobs.map(({ id }) => ({ kind: 'done', id, profile: null })),
      );
      return jobs.filter((job) => job.bot_id === bot_id).map(({ kind, payload }) => ({ kind, ...payload }));
    };
    await storage().outbox.recordOutcomes('another owner', [failed(first!)]);
    expect(await told()).toEqual([]);
    await storage().outbox.recordOutcomes(owner, [
      failed(first!),
      failed(other!),
      { source: 'message', id: second!, kind: 'sent', telegram_message_id: 41, at: Date.now() },
    ]);
    expect(await told()).toEqual([{ kind: 'send_failed', chat_id: 1, token: 'a', reason: 'Bad "Request"\\ 💳' }]);
    await storage().outbox.recordOutcomes(owner, [failed(first!), failed(second!)]);
    expect(await told()).toEqual([]);
    await storage().outbox.failBlocked(bot_id, 1, 'blocked');
    await storage().outbox.failBlocked(bot_id, 1, 'blocked');
    expect(await told()).toEqual([{ kind: 'send_failed', chat_id: 1, token: 'c', reason: 'blocked' }]);
  });

  test('rows of an inactive bot wait', async () => {
    const { id: bot_id } = await createBot(storage());
    const owner = randomUUID();
    await sendTo(storage(), owner, bot_id, 1);
    await storage().bots.update(EVERYONE, bot_id, { is_active: false });
    expect(await storage().outbox.load(owner, null, 10)).toEqual([]);
    await storage().bots.update(EVERYONE, bot_id, { is_active: true });
    expect(await storage().outbox.load(owner, null, 10)).toHaveLength(1);
  });

  test('a row replaces the last message that its flow has sent in the chat', async () => {
    const { id: bot_id } = await createBot(storage());
    const owner = randomUUID();
    const [user_id, flow_id, other] = [await findUser(storage(), bot_id, 1), randomUUID(), randomUUID()];
    const rows = [
      { flow_id },
      { flow_id },
      { flow_id: other },
      { flow_id, thread_id: 2 },
      { flow_id },
      { flow_id },
      { flow_id: null },
    ];
    const { messages } = await runBatch(storage(), owner, [privateInput(bot_id, nextUpdateId(), 1)], () =>
      commit({ messages: rows.map((row) => outgoing(bot_id, 1, { user_id, ...row })) }),
    );
    const ids = messages.map(({ id }) => id);
    expect(await storage().outbox.findPrevious(ids[5]!)).toBeNull();
    const sent = ids
      .slice(0, 4)
      .map(
        (id, index) =>
          ({ source: 'message', id, kind: 'sent', telegram_message_id: 100 + index, at: Date.now() }) as const,
      );
    await storage().outbox.recordOutcomes(owner, [
      ...sent,
      { source: 'message', id: ids[4]!, kind: 'failed', reason: 'x' },
    ]);
    expect(await storage().outbox.findPrevious(ids[5]!)).toBe(101);
    expect(await storage().outbox.findPrevious(ids[1]!)).toBe(100);
    expect(await storage().outbox.findPrevious(ids[0]!)).toBeNull();
    expect(await storage().outbox.findPrevious(ids[6]!)).toBeNull();
  });

  test('an attempt to send an at-most-once row is recorded', async () => {
    const { id: bot_id } = await createBot(storage());
    const owner = randomUUID();
    const { id } = await sendTo(storage(), owner, bot_id, 1);
    await storage().outbox.markAttempted('another owner', id, true);
    expect(await storage().outbox.load(owner, null, 1)).toMatchObject([{ was_attempted: false }]);
    await storage().outbox.markAttempted(owner, id, true);
    expect(await storage().outbox.load(owner, null, 1)).toMatchObject([{ was_attempted: true }]);
    await storage().outbox.markAttempted(owner, id, false);
    expect(await storage().outbox.load(owner, null, 1)).toMatchObject([{ was_attempted: false }]);
  });

  test('the unsent rows of a chat are counted over all senders, up to a limit', async () => {
    const [{ id: bot_id }, { id: other }] = [await createBot(storage()), await createBot(storage())];
    const owner = randomUUID();
    const rows = [
      await sendTo(storage(), owner, bot_id, 1),
      await sendTo(storage(), owner, bot_id, 1),
      await sendTo(storage(), owner, bot_id, 1),
    ];
    await sendTo(storage(), owner, bot_id, 2);
    await sendTo(storage(), owner, other, 1);
    expect(await storage().outbox.backlogOfChat(bot_id, 1, 10)).toBe(3);
    expect(await storage().outbox.backlogOfChat(bot_id, 1, 2)).toBe(2);
    await storage().outbox.recordOutcomes(
      owner,
      rows.map(({ id }) => ({ source: 'message', id, kind: 'failed', reason: 'x' }) as const),
    );
    expect(await storage().outbox.backlogOfChat(bot_id, 1, 10)).toBe(0);
  });

  test('when a user blocks the bot, only the rows of this user fail', async () => {
    const [{ id: bot_id }, { id: other }] = [await createBot(storage()), await createBot(storage())];
    const owner = randomUUID();
    const { id } = await sendTo(storage(), owner, bot_id, 1);
    await sendTo(storage(), owner, bot_id, 2);
    await sendTo(storage(), owner, other, 1);
    await storage().outbox.failBlocked(bot_id, 1, 'Forbidden: bot was blocked by the user');
    expect(await storage().messages.get(EVERYONE, bot_id, id)).toMatchObject({
      status: 'failed',
      failure: 'Forbidden: bot was blocked by the user',
    });
    expect(await storage().outbox.load(owner, null, 10)).toHaveLength(2);
    expect(
      (await storage().users.list(EVERYONE, bot_id, { is_blocked: true }, { limit: 10 })).items.map(
        ({ chat_id }) => chat_id,
      ),
    ).toEqual([1]);
  });

  test('a migrated chat keeps its queue', async () => {
    const { id: bot_id } = await createBot(storage());
    const owner = randomUUID();
    await sendTo(storage(), owner, bot_id, 1);
    await storage().outbox.moveChat(bot_id, 1, -1_000_000_000_001);
    expect((await storage().outbox.load(owner, null, 10)).map(({ chat_id }) => chat_id)).toEqual([-1_000_000_000_001]);
  });
}
