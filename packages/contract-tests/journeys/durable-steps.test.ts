import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { defineStep, type StandardSchema } from '@botloom/core';
import { createHarnessDatabase, type HarnessDatabase } from '../src/journeys/stage/databases.ts';
import { createShiftableClock } from '../src/journeys/stage/shiftable-clock.ts';
import { startTestHarness, type FlowPlan, type TestHarness } from '../src/journeys/stage/test-harness.ts';

const MINUTE_MS = 60_000;

const AMOUNT: StandardSchema<{ readonly amount: number }> = {
  '~standard': {
    version: 1,
    vendor: 'tests',
    validate(value) {
      const amount = typeof value === 'object' && value !== null && 'amount' in value ? value.amount : undefined;
      return typeof amount === 'number'
        ? { value: { amount } }
        : { issues: [{ message: 'must be a number', path: ['amount'] }] };
    },
  },
};

describe.each([
  { adapter: 'express', database: 'SQLite' },
  { adapter: 'fastify', database: 'PostgreSQL' },
] as const)('steps that wait for an external result, on $adapter with $database', ({ adapter, database }) => {
  const clock = createShiftableClock();
  let store: HarnessDatabase;
  let harness: TestHarness;
  /** Requests that arrived. `statuses` has the status codes of the next responses. */
  const asked: { readonly request: IncomingMessage; readonly body: string }[] = [];
  let statuses: number[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      asked.push({ request, body });
      response
        .writeHead(statuses.shift() ?? 200, { 'content-type': 'application/json' })
        .end('{"order": {"number": 12}}');
    });
  });
  const charge = defineStep({
    type: 'charge',
    summary: 'Charges the customer.',
    schema: AMOUNT,
    retries: 1,
    run({ amount }, { user, bot, attempt, idempotency_key }) {
      if (attempt === 1) throw new Error('not yet');
      return {
        receipt:
          `${user.first_name}: ${amount}, ${bot.name === '' ? 'unnamed' : 'named'} bot, ` +
          `key of ${idempotency_key.length}`,
      };
    },
  });

  beforeAll(async () => {
    store = await createHarnessDatabase(database);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    harness = await startTestHarness({
      adapter,
      storage: store.storage(),
      clock,
      steps: [charge],
      outbound: { allow: [`127.0.0.1:${port()}`] },
    });
  });

  afterAll(async () => {
    await harness.stop();
    await store.drop();
    server.close();
  });

  function port(): number {
    return (server.address() as AddressInfo).port;
  }

  /** A user with a bot of these steps, started with /start. */
  async function meet(steps: readonly object[], more: readonly FlowPlan[] = []) {
    const bot = await harness.createBot({ flows: [{ trigger_command: 'start', flow_data: { steps } }, ...more] });
    return { bot, ann: harness.telegram.user('Ann').in(bot.fake) };
  }

  test('a wait continues automatically when it is due, and a command ends it', async () => {
    const { ann } = await meet([
      { id: 'a', type: 'message', text: 'Later' },
      { id: 'w', type: 'wait', for: { minutes: 10 } },
      { id: 'b', type: 'message', text: 'Now, {{ user.first_name }}' },
    ]);
    await ann.send('/start');
    await ann.expectReply('Later');
    clock.shift(5 * MINUTE_MS);
    await ann.send('/start');
    await ann.expectReply('Later');
    clock.shift(6 * MINUTE_MS);
    await harness.quiet();
    clock.shift(5 * MINUTE_MS);
    await ann.expectReply('Now, Ann');
    await harness.quiet();
    await ann.expectNoReply();
  });

  test('a wait of an inactive bot continues when the bot is active again', async () => {
    const { bot, ann } = await meet([
      { id: 'w', type: 'wait', for: { minutes: 1 } },
      { id: 'b', type: 'message', text: 'Back' },
    ]);
    await ann.send('/start');
    await harness.quiet();
    await harness.api.call('PATCH', bot.path, { is_active: false });
    clock.shift(2 * MINUTE_MS);
    await harness.api.call('PATCH', bot.path, { is_active: true });
    await harness.api.call('POST', `${bot.path}/webhook`);
    clock.shift(15 * MINUTE_MS);
    await ann.expectReply('Back');
  });

  test('an http step calls a server, retries while it is busy, and continues with the response', async () => {
    const { ann } = await meet([
      {
        id: 'h',
        type: 'http',
        method: 'POST',
        url: `http://127.0.0.1:${port()}/orders`,
        json: { who: '{{ user.first_name }}' },
        save: { number: 'order.number' },
        on_error: 'sorry',
      },
      { id: 'ok', type: 'message', text: 'Order {{ number }}', next: null },
      { id: 'sorry', type: 'message', text: 'Sorry', next: null },
    ]);
    asked.length = 0;
    statuses = [503];
    await ann.send('/start');
    await ann.expectReply('Order 12');
    expect(asked.map(({ body }) => body)).toEqual(['{"who":"Ann"}', '{"who":"Ann"}']);
    const keys = asked.map(({ request }) => String(request.headers['idempotency-key']));
    expect(keys[0]).toMatch(/^[0-9a-f]{32}$/);
    expect(keys[1]).toBe(keys[0]);
    statuses = [404];
    await ann.send('/start');
    await ann.expectReply('Sorry');
    expect(String(asked.at(-1)?.request.headers['idempotency-key'])).not.toBe(keys[0]);
  });

  test('an http step reaches no private address', async () => {
    const { ann } = await meet([
      {
        id: 'h',
        type: 'http',
        url: 'http://{{ user.attributes.host | default: "127.0.0.1" }}:6379/',
        on_error: 'sorry',
      },
      { id: 'ok', type: 'message', text: 'Reached', next: null },
      { id: 'sorry', type: 'message', text: 'Sorry', next: null },
    ]);
    await ann.send('/start');
    await ann.expectReply('Sorry');
  });

  test('an action runs code of the host, retries after an error, and gets typed input', async () => {
    const steps = (amount: unknown) => [
      { id: 'a', type: 'action', action: 'charge', input: { amount }, save: { receipt: 'receipt' }, on_error: 'sorry' },
      { id: 'ok', type: 'message', text: '{{ receipt }}', next: null },
      { id: 'sorry', type: 'message', text: 'Sorry', next: null },
    ];
    const { ann } = await meet(steps(12));
    await ann.send('/start');
    await ann.expectReply('Ann: 12, named bot, key of 32');
    const { bot, ann: bob } = await meet(steps('a lot'));
    await bob.send('/start');
    await bob.expectReply('Sorry');
    const refused = await harness.api.send('POST', `${bot.path}/flows`, {
      body: { name: 'x', flow_data: { steps: [{ id: 'a', type: 'action', action: 'chrage' }] } },
    });
    expect(refused).toMatchObject({ status: 422, body: { errors: [{ hint: 'Did you mean "charge"?' }] } });
  });

  test('a question sends a reminder, and the flow continues without an answer', async () => {
    const { ann } = await meet([
      {
        id: 'q',
        type: 'question',
        text: 'Well?',
        reminders: [{ after: 'PT10M', text: 'Still there?' }],
        no_answer: { after: { hours: 1 }, next: 'bye' },
        next: 'thanks',
      },
      { id: 'thanks', type: 'message', text: 'Thanks', next: null },
      { id: 'bye', type: 'message', text: 'Bye', next: null },
    ]);
    await ann.send('/start');
    await ann.expectReply('Well?');
    clock.shift(11 * MINUTE_MS);
    await ann.expectReply('Still there?');
    clock.shift(50 * MINUTE_MS);
    await ann.expectReply('Bye');
    await ann.send('/start');
    await ann.expectReply('Well?');
    await ann.send('here');
    await ann.expectReply('Thanks');
    clock.shift(90 * MINUTE_MS);
    await ann.send('/start');
    await ann.expectReply('Well?');
    await ann.expectNoReply();
  });
});
