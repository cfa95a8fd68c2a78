import { describe, expect, test } from 'vitest';
import { allItems, createClient } from '@botloom/core/client';
import { ALL_STACKS } from '../src/journeys/stage/all-stacks.ts';
import { createHarnessDatabase } from '../src/journeys/stage/databases.ts';
import { startTestHarness } from '../src/journeys/stage/test-harness.ts';
import { waitFor } from '../src/journeys/wait-for.ts';

describe.each(ALL_STACKS)('the day of a bot owner, on $adapter with $database', ({ adapter, database }) => {
  test('from the token to the deletion of the bot, with the typed client alone', async () => {
    const store = await createHarnessDatabase(database);
    const harness = await startTestHarness({ adapter, storage: store.storage() });
    const { telegram, botloom } = harness;
    const { key } = await botloom.apiKeys.create({ name: 'Owner', permissions: ['write'], owner: 'shop-7' });
    const client = createClient({ baseUrl: harness.api.url, apiKey: key });
    const account = telegram.createBot({ username: 'shop_bot', first_name: 'The Shop' });

    // Morning: the bot is created, its first flow is invalid, then valid, and its webhook is set.
    const bot = await client.bots.create({ body: { token: account.token } });
    expect(bot).toMatchObject({
      name: 'The Shop',
      username: 'shop_bot',
      owner: 'shop-7',
      is_webhook_set: false,
      user_count: 0,
    });
    const params = { id: bot.id };
    await expect(client.bots.create({ body: { token: account.token } })).rejects.toMatchObject({
      code: 'BOT_TOKEN_TAKEN',
    });
    const flow = {
      name: 'Welcome',
      trigger_command: 'start',
      flow_data: { steps: [{ id: 'name', type: 'question', text: 'Name?', next: 'thanks' }] },
    };
    await expect(client.flows.create({ params, body: flow })).rejects.toMatchObject({
      code: 'FLOW_DATA_INVALID',
      problems: [{ path: '/flow_data/steps/0/next' }],
    });
    await client.flows.create({
      params,
      body: {
        ...flow,
        flow_data: {
          steps: [
            { id: 'name', type: 'question', text: 'Name?' },
            { id: 'thanks', type: 'message', text: 'Thanks, {{ name }}' },
          ],
        },
      },
    });
    expect(await client.bots.setWebhook({ params })).toMatchObject({
      is_webhook_set: true,
      webhook_url: `${harness.api.url}/api/webhook/${bot.id}`,
    });

    // Noon: users arrive. Ann has a photo and a biography, and sends a picture.
    const ann = telegram
      .user('Ann', { last_name: 'Berg', username: 'annberg', bio: 'Likes tea', photo: new Uint8Array([1, 2, 3]) })
      .in(account);
    await ann.send('/start');
    await ann.expectReply('Name?');
    await ann.send('Annie');
    await ann.expectReply('Thanks, Annie');
    const bytes = new Uint8Array(2_000).map((_, index) => index % 251);
    await ann.sendDocument({ bytes, name: 'order.txt', mime_type: 'text/plain', caption: 'My order' });
    await telegram.user('Bob').in(account).send('hello');
    await harness.quiet();

    const [found, ...others] = (await client.users.list({ params, query: { search: 'ANNB' } })).items;
    expect(others).toEqual([]);
    expect(found).toMatchObject({ first_name: 'Ann', last_name: 'Berg', username: 'annberg', is_blocked: false });
    const user = await waitFor(
      async () => {
        const read = await client.users.get({ params: { ...params, user_id: found?.id ?? '' } });
        return read.bio === null ? undefined : read;
      },
      { what: 'the profile to be read' },
    );
    expect(user).toMatchObject({ bio: 'Likes tea', profile_photo: expect.stringMatching(/^\/api\/bots\//) as string });

    const [document] = (await client.messages.list({ params, query: { type: 'document' } })).items;
    expect(document).toMatchObject({
      text: 'My order',
      direction: 'incoming',
      user_id: user.id,
      file_url: expect.stringMatching(/^\/api\/bots\//) as string,
    });
    const file = await client.files.get({ params: { ...params, file_id: document?.file_id ?? '' } });
    expect(new Uint8Array(await file.arrayBuffer())).toEqual(bytes);

    // Afternoon: the owner sends a message, reads the statistics, and looks at the log.
    const sent = await client.messages.send({
      params,
      body: { user_id: user.id, text: '<b>Your order</b> is on its way', parse_mode: 'HTML' },
    });
    expect(sent).toMatchObject({ status: 'queued', direction: 'outgoing' });
    await ann.expectReply('Your order is on its way');
    await harness.quiet();
    expect(await client.bots.stats({ params })).toMatchObject({
      user_count: 2,
      request_count: 4,
      active_users: { day: 2, week: 2, month: 2 },
      messages: { incoming: 4, outgoing: 3 },
      webhook: { is_ours: true, pending_update_count: 0 },
    });
    const log: string[] = [];
    for await (const message of allItems(client.messages.list, { params, query: { user_id: user.id, limit: 2 } }))
      log.unshift(`${message.direction} ${message.text}`);
    expect(log).toEqual([
      'incoming /start',
      'outgoing Name?',
      'incoming Annie',
      'outgoing Thanks, Annie',
      'incoming My order',
      'outgoing <b>Your order</b> is on its way',
    ]);

    // Evening: the shop closes for a while, opens again, and closes for good.
    await client.bots.update({ params, body: { is_active: false } });
    expect(account.webhook).toBeUndefined();
    await client.bots.update({ params, body: { is_active: true } });
    await client.bots.setWebhook({ params });
    await ann.send('/start');
    await ann.expectReply('Name?');
    await client.bots.delete({ params });
    expect(account.webhook).toBeUndefined();
    await expect(client.bots.get({ params })).rejects.toMatchObject({ code: 'BOT_NOT_FOUND' });
    expect((await client.bots.list()).items).toEqual([]);
    expect(harness.log.lines.filter(({ level }) => level === 'error')).toEqual([]);
    await harness.stop();
    await store.drop();
  });
});
