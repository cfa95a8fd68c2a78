import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { BotloomError } from '../../errors/index.ts';
import { sqlite } from '../../sqlite.ts';
import type { Storage } from '../../storage/index.ts';
import { createTestBotloom, type TestBotloom } from '../fixtures/create-test-botloom.ts';
import { textFromAnn } from '../fixtures/post-update.ts';

let own: TestBotloom;
let storage: Storage;
let bot_id: string;

beforeEach(async () => {
  own = await createTestBotloom({ storage: (context) => (storage = sqlite({ file: ':memory:' })(context)) });
  ({ id: bot_id } = await own.botloom.bots.create({ token: '42:AAtoken', owner: 'a' }));
});
afterEach(() => own.close());

async function bury(payload: object): Promise<number> {
  // Everything an update holds is JSON.
  await storage.dead_letters.add({
    bot_id,
    update_id: 1,
    payload: payload as Record<string, string>,
    reason: 'the flow threw',
  });
  return (await own.botloom.deadLetters.list(bot_id)).items[0]?.id ?? 0;
}

test('a replayed update takes effect and leaves the list', async () => {
  const id = await bury(textFromAnn(1, 'hello'));
  expect(await own.botloom.deadLetters.replay(bot_id, id)).toBe('processed');
  expect((await own.botloom.deadLetters.list(bot_id)).items).toEqual([]);
  expect((await own.botloom.messages.list(bot_id)).items).toMatchObject([{ text: 'hello' }]);
});

test('an interrupted replay loses nothing, and an effect before the interruption happens once', async () => {
  const id = await bury(textFromAnn(1, 'hello'));
  const away = new BotloomError('STORAGE_UNAVAILABLE');
  // The database is away from the middle of the replay on, as it is for a process that is killed.
  const spies = [
    vi.spyOn(storage.updates, 'processBatch').mockRejectedValue(away),
    vi.spyOn(storage.dead_letters, 'add').mockRejectedValue(away),
  ];
  await expect(own.botloom.deadLetters.replay(bot_id, id)).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
  for (const spy of spies) spy.mockRestore();
  expect((await own.botloom.deadLetters.list(bot_id)).items).toMatchObject([{ id, reason: 'the flow threw' }]);

  const end = vi.spyOn(storage.dead_letters, 'endReplay').mockRejectedValueOnce(away);
  await expect(own.botloom.deadLetters.replay(bot_id, id)).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
  end.mockRestore();
  expect(await own.botloom.deadLetters.replay(bot_id, id)).toBe('duplicate');
  expect((await own.botloom.deadLetters.list(bot_id)).items).toEqual([]);
  expect((await own.botloom.messages.list(bot_id)).items).toHaveLength(1);
});

test('a failed job runs again', async () => {
  await storage.jobs.add([
    { bot_id, kind: 'read_profile', payload: { user_id: bot_id, chat_id: 7 }, due_at: 1, key: null },
  ]);
  const [job] = await storage.jobs.claimDue('other', 2, 10);
  await storage.jobs.recordOutcomes('other', [{ kind: 'failed', id: job?.id ?? 0, reason: 'no runner' }]);
  const [letter] = (await own.botloom.deadLetters.list(bot_id)).items;
  expect(await own.botloom.deadLetters.replay(bot_id, letter?.id ?? 0)).toBe('queued');
  expect((await own.botloom.deadLetters.list(bot_id)).items).toEqual([]);
  await expect.poll(() => own.telegram.calls.some(({ method }) => method === 'getChat')).toBe(true);
});

test('a dead letter that cannot be accepted remains in the list', async () => {
  const id = await bury({ no: 'update' });
  await expect(own.botloom.deadLetters.replay(bot_id, id)).rejects.toMatchObject({ code: 'UPDATE_INVALID' });
  expect((await own.botloom.deadLetters.list(bot_id)).items).toMatchObject([
    { payload: { no: 'update' }, reason: 'the flow threw' },
  ]);
});

test('a dead letter of an inactive bot or of another owner is not replayed', async () => {
  const id = await bury(textFromAnn(1, 'hello'));
  await expect(own.botloom.withScope({ owner: 'b' }).deadLetters.replay(bot_id, id)).rejects.toMatchObject({
    code: 'BOT_NOT_FOUND',
  });
  await own.botloom.bots.update(bot_id, { is_active: false });
  await expect(own.botloom.deadLetters.replay(bot_id, id)).rejects.toMatchObject({ code: 'CONFLICT' });
  expect((await own.botloom.deadLetters.list(bot_id)).items).toHaveLength(1);
});
