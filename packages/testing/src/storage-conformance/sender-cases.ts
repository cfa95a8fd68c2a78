import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Storage } from '@botloom/core';
import {
  commit,
  createBot,
  EVERYONE,
  FAR_FUTURE_MS,
  nextUpdateId,
  outgoing,
  privateInput,
  runBatch,
  sendTo,
  startInstance,
} from './fixtures.ts';
import type { CaseGroup } from './storage-target.ts';

/** New rows of a chat belong to the live instance that has unsent rows of it, otherwise to the caller. */
export function senderCases({ storage, openAnother }: CaseGroup): void {
  test('a chat belongs to its writer, and stays with it', async () => {
    const { id: bot_id } = await createBot(storage());
    const me = await startInstance(storage());
    expect(await sendTo(storage(), me, bot_id, 1)).toMatchObject({ owner: me, in_table: false });
    expect(await sendTo(storage(), me, bot_id, 1)).toMatchObject({ owner: me, in_table: false });
  });

  test('while a live instance has unsent rows of a chat, it gets the rows of other instances, in order', async () => {
    const { id: bot_id } = await createBot(storage());
    const [first, second] = [await startInstance(storage()), await startInstance(storage())];
    await sendTo(storage(), first, bot_id, 1, 'one');
    expect(await sendTo(openAnother(), second, bot_id, 1, 'two')).toMatchObject({ owner: first, in_table: false });
    expect(await sendTo(openAnother(), second, bot_id, 2, 'other chat')).toMatchObject({ owner: second });
    expect((await storage().outbox.load(first, null, 10)).map(({ chat_id }) => chat_id)).toEqual([1, 1]);
  });

  test('an owner that gets rows is notified that the table contains rows that it may not know', async () => {
    const { id: bot_id } = await createBot(storage());
    const [first, second] = [await startInstance(storage()), await startInstance(storage())];
    await sendTo(storage(), first, bot_id, 1);
    await sendTo(storage(), second, bot_id, 1);
    expect(await sendTo(storage(), first, bot_id, 1)).toMatchObject({ owner: first, in_table: true });
    expect(await sendTo(storage(), first, bot_id, 1)).toMatchObject({ owner: first, in_table: false });
  });

  test('when everything is sent, the chat belongs to the next writer', async () => {
    const { id: bot_id } = await createBot(storage());
    const [first, second] = [await startInstance(storage()), await startInstance(storage())];
    const { id } = await sendTo(storage(), first, bot_id, 1);
    await storage().outbox.recordOutcomes(first, [
      { source: 'message', id, kind: 'sent', telegram_message_id: 5, at: Date.now() },
    ]);
    expect(await sendTo(storage(), second, bot_id, 1)).toMatchObject({ owner: second, in_table: false });
    expect(await sendTo(storage(), first, bot_id, 1)).toMatchObject({ owner: second });
  });

  test('unsent calls count as well', async () => {
    const { id: bot_id } = await createBot(storage());
    const [first, second] = [await startInstance(storage()), await startInstance(storage())];
    const call = {
      bot_id,
      chat_id: 1,
      method: 'deleteMessage',
      payload: {},
      expires_at: FAR_FUTURE_MS,
      after_message: -1,
    };
    const outcome = await runBatch(storage(), first, [privateInput(bot_id, nextUpdateId(), 1)], () =>
      commit({ calls: [call] }),
    );
    expect(await sendTo(storage(), second, bot_id, 1)).toMatchObject({ owner: first });
    const given = await runBatch(storage(), second, [privateInput(bot_id, nextUpdateId(), 1)], () =>
      commit({ calls: [call] }),
    );
    expect(given.calls).toMatchObject([{ owner: first }]);
    expect(outcome.calls).toMatchObject([{ owner: first }]);
  });

  test('the rows of a dead instance are taken over before new rows are added', async () => {
    const { id: bot_id } = await createBot(storage());
    const [dead, me] = [await startInstance(storage(), -1), await startInstance(storage())];
    const old = await sendTo(storage(), dead, bot_id, 1, 'old');
    const fresh = await sendTo(storage(), me, bot_id, 1, 'new');
    expect(fresh).toMatchObject({ owner: me, in_table: true });
    expect((await storage().outbox.load(me, null, 10)).map(({ id }) => id)).toEqual([old.id, fresh.id]);
    expect(await storage().instances.renew(dead, 1_000)).toBe(false);
  });

  test('rows that a third instance took over stay with it', async () => {
    const { id: bot_id } = await createBot(storage());
    const dead = await startInstance(storage(), -1);
    await sendTo(storage(), dead, bot_id, 1, 'old');
    const [taker, me] = [await startInstance(storage()), await startInstance(storage())];
    expect(await storage().instances.takeOver(taker)).toBeGreaterThan(0);
    expect(await sendTo(storage(), me, bot_id, 1, 'new')).toMatchObject({ owner: taker });
  });

  test('a takeover leaves a chat with the live instance that sends there', async () => {
    const { id: bot_id } = await createBot(storage());
    const [alive, taker] = [await startInstance(storage()), await startInstance(storage())];
    const ghost = randomUUID();
    await sendTo(storage(), alive, bot_id, 1, 'unsent of the living');
    // An instance that lost its row while it was paused has written once more.
    await storage().outbox.moveChat(bot_id, 1, 99);
    await sendTo(storage(), ghost, bot_id, 99, 'of the ghost');
    await storage().instances.takeOver(taker);
    expect(
      (await storage().outbox.load(alive, null, 10)).length + (await storage().outbox.load(taker, null, 10)).length,
    ).toBe(2);
    expect(await storage().outbox.load(ghost, null, 10)).toEqual([]);
  });

  test('enqueue follows the same rule', async () => {
    const { id: bot_id } = await createBot(storage());
    const [first, second] = [await startInstance(storage()), await startInstance(storage())];
    const chat = { id: 1, type: 'private' };
    const mine = await storage().outbox.enqueue(first, outgoing(bot_id, 1, { text: 'one' }), chat);
    expect(mine).toMatchObject({ owner: first, in_table: false });
    expect(await openAnother().outbox.enqueue(second, outgoing(bot_id, 1, { text: 'two' }), chat)).toMatchObject({
      owner: first,
    });
    expect(await sendTo(storage(), second, bot_id, 1, 'three')).toMatchObject({ owner: first });
    expect(await sendTo(storage(), first, bot_id, 1, 'four')).toMatchObject({ owner: first, in_table: true });
    const texts = (await storage().messages.list(EVERYONE, bot_id, {}, { limit: 10 })).items.map(({ text }) => text);
    expect(texts).toEqual(['four', 'three', 'two', 'one']);
    expect((await storage().messages.counts(bot_id, '2000-01-01')).outgoing).toBe(4);
  });

  test('a batch of one chat that writes to another chat follows the same rule', async () => {
    const { id: bot_id } = await createBot(storage());
    const [first, second] = [await startInstance(storage()), await startInstance(storage())];
    await sendTo(storage(), first, bot_id, 2, 'one');
    expect(await enqueueFor(openAnother(), second, 1, bot_id, 2, 'two')).toMatchObject({
      owner: first,
      in_table: false,
    });
    expect(await enqueueFor(storage(), first, 1, bot_id, 2, 'three')).toMatchObject({ owner: first, in_table: true });
    expect(await enqueueFor(openAnother(), second, 1, bot_id, -7, 'the first row')).toMatchObject({
      owner: second,
      in_table: false,
    });
    expect(await enqueueFor(storage(), first, 1, bot_id, -7, 'the same instance')).toMatchObject({ owner: second });
    expect((await storage().outbox.load(first, null, 10)).map(({ chat_id }) => chat_id)).toEqual([2, 2, 2]);
  });

  test('a batch that writes to a chat of a dead instance takes its rows over first', async () => {
    const { id: bot_id } = await createBot(storage());
    const [dead, me] = [await startInstance(storage(), -1), await startInstance(storage())];
    const old = await sendTo(storage(), dead, bot_id, 2, 'old');
    const fresh = await enqueueFor(storage(), me, 1, bot_id, 2, 'new');
    expect(fresh).toMatchObject({ owner: me, in_table: true });
    expect((await storage().outbox.load(me, null, 10)).map(({ id }) => id)).toEqual([old.id, fresh.id]);
  });

  test("batches that write to each other's chats lose nothing and cause no deadlock", async () => {
    const { id: bot_id } = await createBot(storage());
    const other = openAnother();
    const instances = [await startInstance(storage()), await startInstance(storage())] as const;
    const begin = performance.now();
    await Promise.all(
      Array.from({ length: 60 }, (_, index) => {
        // In turn 1 → 2, 2 → 3, 3 → 1.
        const from = (index % 3) + 1;
        const to = (from % 3) + 1;
        return enqueueFor(index % 2 === 0 ? storage() : other, instances[index % 2]!, from, bot_id, to, `${index}`);
      }),
    );
    // The database detects a deadlock only after a second.
    expect(performance.now() - begin).toBeLessThan(20_000);
    const owned = await Promise.all(instances.map((id) => storage().outbox.load(id, null, 100)));
    expect(owned.flat()).toHaveLength(60);
    for (const chat of [1, 2, 3])
      expect(owned.map((rows) => rows.filter(({ chat_id }) => chat_id === chat).length).sort((a, b) => a - b)).toEqual([
        0, 20,
      ]);
  });

  /** Runs the batch of a message that writes to another chat. */
  async function enqueueFor(store: Storage, owner: string, from: number, bot_id: string, to: number, text: string) {
    const outcome = await runBatch(store, owner, [privateInput(bot_id, nextUpdateId(), from)], () =>
      commit({ messages: [outgoing(bot_id, to, { text })] }),
    );
    return outcome.messages[0]!;
  }

  test('with many writers of one chat on two instances, every row has one owner and the owners never mix', async () => {
    const { id: bot_id } = await createBot(storage());
    const other = openAnother();
    const instances = [await startInstance(storage()), await startInstance(storage())] as const;
    await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        sendTo(index % 2 === 0 ? storage() : other, instances[index % 2]!, bot_id, 1),
      ),
    );
    const owned = await Promise.all(instances.map((id) => storage().outbox.load(id, null, 100)));
    expect(owned.map(({ length }) => length).sort((a, b) => a - b)).toEqual([0, 40]);
  });
}
