import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { createBot, sendTo, startInstance } from './fixtures.ts';
import type { CaseGroup } from './storage-target.ts';

export function instanceCases({ storage, openAnother, database }: CaseGroup): void {
  test('a lease is renewed while its row exists', async () => {
    const id = await startInstance(storage());
    expect(await storage().instances.renew(id, 5_000)).toBe(true);
    await storage().instances.remove(id);
    expect(await storage().instances.renew(id, 5_000)).toBe(false);
    expect(await storage().instances.renew(randomUUID(), 5_000)).toBe(false);
  });

  test('one instance takes over a dead one and gets its messages, calls and jobs', async () => {
    const { id: bot_id } = await createBot(storage());
    const dead = await startInstance(storage());
    for (const chat of [1, 2, 3]) await sendTo(storage(), dead, bot_id, chat);
    await storage().jobs.add([{ bot_id, kind: 'x', payload: {}, due_at: 1, key: null }]);
    await storage().jobs.claimDue(dead, 10, 10);
    const takers = await Promise.all([startInstance(storage()), startInstance(storage())]);
    expect(await storage().instances.takeOver(takers[0])).toBe(0);
    await storage().instances.register(dead, 'conformance', -1);
    const attempts = [
      () => storage().instances.takeOver(takers[0]),
      () => openAnother().instances.takeOver(takers[1]),
    ] as const;
    // With two SQLite connections in one process, the second would block the event loop while it waits for the first.
    const taken =
      storage().dialect === 'sqlite'
        ? [await attempts[0](), await attempts[1]()]
        : await Promise.all(attempts.map((attempt) => attempt()));
    expect(taken.sort()).toEqual([0, 4]);
    const loads = await Promise.all(takers.map((id) => storage().outbox.load(id, null, 10)));
    expect(loads.map(({ length }) => length).sort()).toEqual([0, 3]);
    expect(await storage().instances.renew(dead, 1_000)).toBe(false);
    expect(await storage().jobs.claimDue(takers[0], 10, 10)).toHaveLength(1);
  });

  test('rows of an owner without an instance row are taken over, too', async () => {
    const { id: bot_id } = await createBot(storage());
    const gone = await startInstance(storage());
    await sendTo(storage(), gone, bot_id, 1);
    await storage().instances.remove(gone);
    const me = await startInstance(storage());
    expect(await storage().instances.takeOver(me)).toBe(1);
    expect(await storage().outbox.load(me, null, 10)).toHaveLength(1);
  });

  test('a named lease is held by one live instance', async () => {
    const [first, second] = [await startInstance(storage()), await startInstance(storage())];
    const name = `poll:${randomUUID()}`;
    const { instances } = storage();
    expect(await instances.acquireLease(first, name, 60_000)).toBe(true);
    expect(await instances.acquireLease(first, name, 60_000)).toBe(true);
    expect(await instances.acquireLease(second, name, 60_000)).toBe(false);
    await instances.releaseLease(second, name);
    expect(await instances.acquireLease(second, name, 60_000)).toBe(false);
    await instances.releaseLease(first, name);
    expect(await instances.acquireLease(second, name, -1)).toBe(true);
    expect(await instances.acquireLease(first, name, 60_000)).toBe(true);
    await instances.register(first, 'conformance', -1);
    expect(await instances.acquireLease(second, name, 60_000)).toBe(true);
  });

  test('an instance that receives rows is notified, if the database supports it', async () => {
    const { id: bot_id } = await createBot(storage());
    const [first, second] = [await startInstance(storage()), await startInstance(storage())];
    let heard = (): void => undefined;
    const calls: string[] = [];
    const told = new Promise<void>((resolve) => {
      heard = resolve;
    });
    const end = await storage().instances.onRowHandoff(first, () => {
      calls.push('first');
      heard();
    });
    const endSecond = await storage().instances.onRowHandoff(second, () => calls.push('second'));
    await sendTo(storage(), first, bot_id, 1);
    await sendTo(openAnother(), second, bot_id, 1);
    if (database().notifies) await told;
    expect(calls).toEqual(database().notifies ? ['first'] : []);
    await end();
    await endSecond();
  });
}
