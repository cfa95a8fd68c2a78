import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BotUser } from '@botloom/core';
import { createHarnessDatabase, type HarnessDatabase } from '../src/journeys/stage/databases.ts';
import { startTestHarness, type TestHarness } from '../src/journeys/stage/test-harness.ts';

describe.each([
  { adapter: 'express', database: 'SQLite' },
  { adapter: 'fastify', database: 'PostgreSQL' },
] as const)('flows that the host starts, on $adapter with $database', ({ adapter, database }) => {
  let store: HarnessDatabase;
  let harness: TestHarness;

  beforeAll(async () => {
    store = await createHarnessDatabase(database);
    harness = await startTestHarness({ adapter, storage: store.storage() });
  });

  afterAll(async () => {
    await harness.stop();
    await store.drop();
  });

  /** Ann with a bot that has a question flow and a news flow. The bot knows Ann. */
  async function meet() {
    const bot = await harness.createBot({
      flows: [
        {
          trigger_command: 'start',
          flow_data: {
            steps: [
              { id: 'q', type: 'question', text: 'Name?' },
              { id: 'm', type: 'message', text: 'Hi {{ q }}' },
            ],
          },
        },
        {
          flow_data: {
            variables: { order: 0 },
            steps: [{ id: 'm', type: 'message', text: 'Order {{ order }} is on its way' }],
          },
        },
        {
          flow_data: {
            interrupted: 'come_back',
            steps: [
              { id: 'stars', type: 'question', text: 'How was it?', input: 'rating' },
              { id: 'm', type: 'message', text: 'Thanks for {{ stars }}' },
            ],
          },
        },
      ],
    });
    const ann = harness.telegram.user('Ann').in(bot.fake);
    await ann.send('/start');
    await ann.expectReply('Name?');
    const { items } = await harness.api.call<{ readonly items: readonly BotUser[] }>('GET', `${bot.path}/users`);
    const begin = (flow: number, body: object = {}) =>
      harness.api.send('POST', `${bot.path}/users/${items[0]?.id}/flows/${bot.flows[flow]?.id}/start`, { body });
    return { bot, ann, begin, user_id: items[0]?.id ?? '' };
  }

  test('send their message once per ID and keep the pending question', async () => {
    const { bot, ann, begin, user_id } = await meet();
    expect(await begin(1, { variables: { order: 12 }, id: 'shipped-12' })).toMatchObject({
      status: 200,
      body: { is_repeated: false },
    });
    await ann.expectReply('Order 12 is on its way');
    expect(await begin(1, { variables: { order: 12 }, id: 'shipped-12' })).toMatchObject({
      body: { is_repeated: true },
    });
    expect(await begin(1, { variables: { order: 13 }, id: 'shipped-12' })).toMatchObject({
      status: 422,
      body: { errors: [{ path: '/id' }] },
    });
    await harness.quiet();
    await ann.expectNoReply();
    expect(
      await harness.botloom.flows.start(bot.id, user_id, bot.flows[1]?.id ?? '', { variables: { order: 14 } }),
    ).toEqual({ is_repeated: false });
    await ann.expectReply('Order 14 is on its way');
    await ann.send('Ann');
    await ann.expectReply('Hi Ann');
  });

  test('return to the interrupted session', async () => {
    const { ann, begin } = await meet();
    await begin(2);
    await ann.expectReply('How was it?');
    await ann.send('5');
    await ann.expectReply('Thanks for 5');
    await ann.expectReply('Name?');
  });

  test('start once for many concurrent calls with the same ID', async () => {
    const { ann, begin } = await meet();
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => begin(1, { variables: { order: 1 }, id: 'one' })),
    );
    expect(
      answers.filter(({ status, body }) => status === 200 && !(body as { readonly is_repeated: boolean }).is_repeated),
    ).toHaveLength(1);
    await ann.expectReply('Order 1 is on its way');
    await harness.quiet();
    await ann.expectNoReply();
  });

  test('are refused while an operator has the session, and can be repeated with the same ID later', async () => {
    const { bot, ann, begin } = await meet();
    await harness.api.call('PUT', `${bot.path}/flows/${bot.flows[0]?.id}`, {
      name: 'Human',
      trigger_command: 'start',
      flow_data: { steps: [{ id: 'human', type: 'handover' }] },
    });
    await ann.send('/start');
    await harness.quiet();
    expect(await begin(1, { id: 'one' })).toMatchObject({ status: 409, body: { code: 'CONFLICT' } });
    await ann.expectNoReply();
    const { items } = await harness.api.call<{ readonly items: readonly { readonly id: string }[] }>(
      'GET',
      `${bot.path}/sessions?wait_reason=handover`,
    );
    await harness.api.call('POST', `${bot.path}/sessions/${items[0]?.id}/give_back`);
    expect(await begin(1, { id: 'one' })).toMatchObject({ status: 200, body: { is_repeated: false } });
    await ann.expectReply('Order 0 is on its way');
  });

  test('are refused with a reason if they cannot start', async () => {
    const { bot, ann, begin, user_id } = await meet();
    expect(await begin(1, { variables: { user: 1 } })).toMatchObject({ status: 422 });
    expect(await begin(1, { variables: { x: 'x'.repeat(50_000) } })).toMatchObject({ status: 422 });
    // The body has no required member, so a missing body must not count as an empty one.
    expect(await harness.api.send('POST', `${bot.path}/users/${user_id}/flows/${user_id}/start`)).toMatchObject({
      status: 404,
      body: { code: 'FLOW_NOT_FOUND' },
    });
    expect(await harness.api.send('POST', `${bot.path}/users/${user_id}/events`)).toMatchObject({ status: 415 });
    expect(
      await harness.api.send('POST', `${bot.path}/users/${user_id}/flows/${user_id}/start`, { body: {} }),
    ).toMatchObject({ status: 404, body: { code: 'FLOW_NOT_FOUND' } });
    const [, , rating] = bot.flows;
    await harness.api.call('PUT', `${bot.path}/flows/${rating?.id}`, {
      name: 'Rating',
      flow_data: { response: 'x' },
      is_active: false,
    });
    expect(await begin(2)).toMatchObject({ status: 409, body: { code: 'CONFLICT' } });
    harness.telegram.user('Ann').block(bot.fake);
    await harness.quiet();
    expect(await begin(1)).toMatchObject({ status: 422, body: { code: 'USER_BLOCKED' } });
    await ann.expectNoReply();
  });
});
