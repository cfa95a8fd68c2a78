import { expect, test } from 'vitest';
import { createBot, EVERYONE, expectCode, privateInput, readAll, runBatch, startInstance } from './fixtures.ts';
import type { CaseGroup } from './storage-target.ts';

export function deadLetterCases({ storage }: CaseGroup): void {
  test('a dead letter claims its update: a redelivery changes nothing, a replay does', async () => {
    const { id: bot_id } = await createBot(storage());
    const letter = { bot_id, update_id: 5, payload: { update_id: 5, odd: 'a\u0000b\ud800' }, reason: 'poison \u0000' };
    expect(await storage().dead_letters.add(letter)).toBe(true);
    expect(await storage().dead_letters.add(letter)).toBe(false);
    const claimed = async () => {
      let first: boolean | undefined;
      await runBatch(storage(), 'me', [privateInput(bot_id, 5, 1)], (locked) => {
        first = locked.claimed[0];
        return { kind: 'rollback' };
      });
      return first;
    };
    expect(await claimed()).toBe(false);
    const [found] = (await storage().dead_letters.list(EVERYONE, bot_id, { limit: 10 })).items;
    expect(found).toMatchObject({ bot_id, kind: 'update', update_id: 5, payload: letter.payload });
    expect(await storage().dead_letters.beginReplay(EVERYONE, bot_id, found!.id)).toEqual(found);
    expect(await claimed()).toBe(true);
    // A replay that has not ended can be started again.
    expect((await storage().dead_letters.list(EVERYONE, bot_id, { limit: 10 })).items).toEqual([found]);
    await storage().dead_letters.endReplay(bot_id, found!.id);
    expect((await storage().dead_letters.list(EVERYONE, bot_id, { limit: 10 })).items).toEqual([]);
    expect(await storage().dead_letters.beginReplay(EVERYONE, bot_id, found!.id)).toBeNull();
  });

  test('a replay that is started again keeps the claim of the first one, so the update counts once', async () => {
    const { id: bot_id } = await createBot(storage());
    await storage().dead_letters.add({ bot_id, update_id: 7, payload: { update_id: 7 }, reason: 'x' });
    const [letter] = (await storage().dead_letters.list(EVERYONE, bot_id, { limit: 10 })).items;
    const begun = await Promise.all(
      [1, 2, 3].map(() => storage().dead_letters.beginReplay(EVERYONE, bot_id, letter!.id)),
    );
    expect(begun).toEqual([letter, letter, letter]);
    await runBatch(storage(), 'me', [privateInput(bot_id, 7, 1)]);
    expect(await storage().dead_letters.beginReplay(EVERYONE, bot_id, letter!.id)).toEqual(letter);
    expect(await storage().dead_letters.add({ bot_id, update_id: 7, payload: {}, reason: 'late' })).toBe(false);
  });

  test('a job that has failed for good becomes the same job again, once', async () => {
    const { id: bot_id } = await createBot(storage());
    const me = await startInstance(storage());
    const job = { bot_id, kind: 'timer', payload: { token: 'a' }, key: `timer:${bot_id}` };
    await storage().jobs.add([{ ...job, due_at: 1 }]);
    const [claimed] = await storage().jobs.claimDue(me, 2, 100);
    await storage().jobs.recordOutcomes(me, [{ kind: 'failed', id: claimed!.id, reason: 'x' }]);
    const [letter] = (await storage().dead_letters.list(EVERYONE, bot_id, { limit: 10 })).items;
    expect(letter).toMatchObject({ kind: 'job', reason: 'x', update_id: null });
    expect(await storage().dead_letters.beginReplay(EVERYONE, bot_id, letter!.id)).toEqual(letter);
    expect(await storage().dead_letters.beginReplay(EVERYONE, bot_id, letter!.id)).toBeNull();
    expect((await storage().dead_letters.list(EVERYONE, bot_id, { limit: 10 })).items).toEqual([]);
    expect(
      (await storage().jobs.claimDue(me, Date.now() + 1_000, 100)).filter((each) => each.bot_id === bot_id),
    ).toMatchObject([{ ...job, attempts: 0 }]);
  });

  test('a processed update does not become a dead letter', async () => {
    const { id: bot_id } = await createBot(storage());
    await runBatch(storage(), 'me', [privateInput(bot_id, 6, 1)]);
    expect(await storage().dead_letters.add({ bot_id, update_id: 6, payload: {}, reason: 'late' })).toBe(false);
    expect((await storage().dead_letters.list(EVERYONE, bot_id, { limit: 10 })).items).toEqual([]);
  });

  test('the list is paged, newest first', async () => {
    const { id: bot_id } = await createBot(storage());
    for (let update_id = 1; update_id <= 5; update_id += 1)
      await storage().dead_letters.add({ bot_id, update_id, payload: {}, reason: 'x' });
    const letters = await readAll((cursor) => storage().dead_letters.list(EVERYONE, bot_id, { limit: 2, cursor }));
    expect(letters.map(({ update_id }) => update_id)).toEqual([5, 4, 3, 2, 1]);
    await expectCode(storage().dead_letters.list(EVERYONE, bot_id, { limit: 1, cursor: 'x' }), 'CURSOR_INVALID');
  });
}
