import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { createBot, EVERYONE, expectCode, readAll } from './fixtures.ts';
import type { CaseGroup } from './storage-target.ts';

export function flowCases({ storage }: CaseGroup): void {
  const newFlow = (bot_id: string) => ({
    bot_id,
    name: 'Greeting',
    flow_data: { response: 'Hello', a: { z: 1, b: [1, null, 'ü'] } },
    trigger_command: null,
    is_default: false,
    is_active: true,
  });

  test('a flow is created as version 1 with unchanged data', async () => {
    const bot = await createBot(storage());
    const flow = await storage().flows.create(EVERYONE, { ...newFlow(bot.id), trigger_command: 'start' });
    expect(flow).toMatchObject({
      bot_id: bot.id,
      name: 'Greeting',
      trigger_command: 'start',
      is_default: false,
      is_active: true,
      version: 1,
    });
    expect(JSON.stringify(flow.flow_data)).toBe(JSON.stringify(newFlow(bot.id).flow_data));
    expect(await storage().flows.get(EVERYONE, bot.id, flow.id)).toEqual(flow);
    await expectCode(storage().flows.create(EVERYONE, newFlow(randomUUID())), 'BOT_NOT_FOUND');
  });

  test('a command and the default flow are unique per bot', async () => {
    const bot = await createBot(storage());
    const first = await storage().flows.create(EVERYONE, {
      ...newFlow(bot.id),
      trigger_command: 'start',
      is_default: true,
    });
    await expectCode(
      storage().flows.create(EVERYONE, { ...newFlow(bot.id), trigger_command: 'start' }),
      'FLOW_COMMAND_TAKEN',
    );
    await expectCode(storage().flows.create(EVERYONE, { ...newFlow(bot.id), is_default: true }), 'FLOW_DEFAULT_TAKEN');
    const second = await storage().flows.create(EVERYONE, newFlow(bot.id));
    await expectCode(
      storage().flows.update(EVERYONE, bot.id, second.id, { trigger_command: 'start' }),
      'FLOW_COMMAND_TAKEN',
    );
    await expectCode(storage().flows.update(EVERYONE, bot.id, second.id, { is_default: true }), 'FLOW_DEFAULT_TAKEN');
    await storage().flows.update(EVERYONE, bot.id, first.id, { trigger_command: null, is_default: false });
    expect(
      await storage().flows.update(EVERYONE, bot.id, second.id, { trigger_command: 'start', is_default: true }),
    ).toMatchObject({ trigger_command: 'start', is_default: true });
    const other = await createBot(storage());
    await storage().flows.create(EVERYONE, { ...newFlow(other.id), trigger_command: 'start', is_default: true });
  });

  test('changed data publishes a new version, other changes do not, and older versions stay readable', async () => {
    const bot = await createBot(storage());
    const flow = await storage().flows.create(EVERYONE, newFlow(bot.id));
    const [first] = (await storage().flows.published(bot.id)).flows;
    expect((await storage().flows.update(EVERYONE, bot.id, flow.id, { name: 'Other' })).version).toBe(1);
    const changed = await storage().flows.update(EVERYONE, bot.id, flow.id, { flow_data: { response: 'Bye' } });
    expect(changed).toMatchObject({ version: 2, name: 'Other', flow_data: { response: 'Bye' } });
    const [second] = (await storage().flows.published(bot.id)).flows;
    expect(second).toMatchObject({ flow_id: flow.id, flow_data: { response: 'Bye' } });
    expect(second!.version_id).not.toBe(first!.version_id);
    const old = await storage().flows.versions(bot.id, [first!.version_id, 123_456_789]);
    expect(old).toMatchObject([{ version_id: first!.version_id, flow_id: flow.id, flow_data: { response: 'Hello' } }]);
    const other = await createBot(storage());
    expect(await storage().flows.versions(other.id, [first!.version_id])).toEqual([]);
  });

  test('every write increments the revision, and the published flows match it', async () => {
    const bot = await createBot(storage());
    const revision = async () => (await storage().flows.published(bot.id)).revision;
    const start = await revision();
    expect((await storage().bots.load(bot.id))?.revision).toBe(start);
    const flow = await storage().flows.create(EVERYONE, newFlow(bot.id));
    await storage().flows.update(EVERYONE, bot.id, flow.id, { is_active: false });
    expect((await storage().flows.published(bot.id)).flows).toEqual([]);
    await storage().flows.delete(EVERYONE, bot.id, flow.id);
    expect(await revision()).toBe(start + 3);
    expect(await storage().flows.get(EVERYONE, bot.id, flow.id)).toBeNull();
    await expectCode(storage().flows.published(randomUUID()), 'BOT_NOT_FOUND');
  });

  test('a flow that does not exist is rejected with FLOW_NOT_FOUND', async () => {
    const bot = await createBot(storage());
    for (const id of [randomUUID(), 'no uuid']) {
      await expectCode(storage().flows.update(EVERYONE, bot.id, id, { name: 'x' }), 'FLOW_NOT_FOUND');
      await expectCode(storage().flows.delete(EVERYONE, bot.id, id), 'FLOW_NOT_FOUND');
      expect(await storage().flows.get(EVERYONE, bot.id, id)).toBeNull();
    }
  });

  test('the list is paged, oldest first', async () => {
    const bot = await createBot(storage());
    const ids: string[] = [];
    for (let index = 0; index < 5; index += 1) ids.push((await storage().flows.create(EVERYONE, newFlow(bot.id))).id);
    const listed = await readAll((cursor) => storage().flows.list(EVERYONE, bot.id, { limit: 2, cursor }));
    expect(listed.map(({ id }) => id).sort()).toEqual(ids.sort());
    const times = listed.map(({ created_at }) => created_at);
    expect(times).toEqual([...times].sort());
  });

  test('two concurrent changes of one flow create two versions', async () => {
    const bot = await createBot(storage());
    const flow = await storage().flows.create(EVERYONE, newFlow(bot.id));
    const changes = await Promise.all(
      ['a', 'b', 'c'].map((response) => storage().flows.update(EVERYONE, bot.id, flow.id, { flow_data: { response } })),
    );
    expect(changes.map(({ version }) => version).sort()).toEqual([2, 3, 4]);
  });
}
