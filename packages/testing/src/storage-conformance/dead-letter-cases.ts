import { expect, test } from 'vitest';
import { createBot, EVERYONE, expectCode, privateInput, readAll, run } from './fixtures.ts';
import type { Group } from './storage-target.ts';

export function deadLetterCases({ storage }: Group): void {
  test('a letter claims its update: a redelivery changes nothing, a replay does', async () => {
    const { id: bot_id } = await createBot(storage());
    const letter = { bot_id, update_id: 5, payload: { update_id: 5, odd: 'a\u0000b\ud800' }, reason: 'poison \u0000' };
    expect(await storage().dead_letters.add(letter)).toBe(true);
    expect(await storage().dead_letters.add(letter)).toBe(false);
    const claimed = async () => {
      let first: boolean | undefined;
      await run(storage(), 'me', [privateInput(bot_id, 5, 1)], (locked) => {
        first = locked.claimed[0];
        return { kind: 'rollback' };
      });
      return first;
    };
    expect(await claimed()).toBe(false);
    const [found] = (await storage().dead_letters.list(EVERYONE, bot_id, { limit: 10 })).items;
    expect(found).toMatchObject({ bot_id, kind: 'update', update_id: 5, payload: letter.payload });
    expect(await storage().dead_letters.takeForReplay(EVERYONE, bot_id, found!.id)).toEqual(found);
    expect(await storage().dead_letters.takeForReplay(EVERYONE, bot_id, found!.id)).toBeNull();
    expect(await claimed()).toBe(true);
  });

  test('an update that was processed is not buried', async () => {
    const { id: bot_id } = await createBot(storage());
    await run(storage(), 'me', [privateInput(bot_id, 6, 1)]);
    expect(await storage().dead_letters.add({ bot_id, update_id: 6, payload: {}, reason: 'late' })).toBe(false);
    expect((await storage().dead_letters.list(EVERYONE, bot_id, { limit: 10 })).items).toEqual([]);
  });

  test('the list pages newest first', async () => {
    const { id: bot_id } = await createBot(storage());
    for (let update_id = 1; update_id <= 5; update_id += 1) await storage().dead_letters.add({ bot_id, update_id, payload: {}, reason: 'x' });
    const letters = await readAll((cursor) => storage().dead_letters.list(EVERYONE, bot_id, { limit: 2, cursor }));
    expect(letters.map(({ update_id }) => update_id)).toEqual([5, 4, 3, 2, 1]);
    await expectCode(storage().dead_letters.list(EVERYONE, bot_id, { limit: 1, cursor: 'x' }), 'CURSOR_INVALID');
  });
}
