import { afterEach, describe, expect, test } from 'vitest';
import { startCluster } from '../src/journeys/crash/cluster.ts';
import { waitForEmptyOutbox } from '../src/journeys/crash/crash-journey.ts';
import { createHarnessDatabase, type HarnessDatabase } from '../src/journeys/stage/databases.ts';
import { createShiftableClock } from '../src/journeys/stage/shiftable-clock.ts';
import {
  createBotByApi,
  startTestHarness,
  type TestHarness,
  type TestHarnessOptions,
} from '../src/journeys/stage/test-harness.ts';
import { waitFor } from '../src/journeys/wait-for.ts';

const INVOICE = {
  id: 'pay',
  type: 'invoice',
  title: 'News',
  description: 'Every morning',
  currency: 'XTR',
  prices: [{ label: 'One month', amount: 50 }],
  save: { charge: 'telegram_payment_charge_id' },
};
const SHOP = {
  trigger_command: 'start',
  flow_data: { steps: [{ ...INVOICE }, { id: 'thanks', type: 'message', text: 'Thank you: {{ charge }}' }] },
};

describe.each([
  { adapter: 'express', database: 'SQLite' },
  { adapter: 'fastify', database: 'PostgreSQL' },
] as const)('payments, on $adapter with $database', ({ adapter, database }) => {
  let store: HarnessDatabase;
  let harness: TestHarness;

  afterEach(async () => {
    await harness.stop();
    await store.drop();
  });

  async function open(options: Partial<TestHarnessOptions> = {}): Promise<void> {
    store = await createHarnessDatabase(database);
    harness = await startTestHarness({ adapter, storage: store.storage(), ...options });
  }

  test('the log contains the payment and the pre-checkout query', async () => {
    await open();
    const bot = await harness.createBot({ flows: [SHOP] });
    const ann = harness.telegram.user('Ann').in(bot.fake);
    await ann.send('/start');
    await ann.expectReply('News');
    await harness.quiet();
    const { successful_payment } = await ann.pay();
    await ann.expectReply(/^Thank you: charge_/);
    await harness.quiet();
    const { items } = await harness.api.call<{
      items: { type: string; text: string | null; payload: { successful_payment?: unknown } | null }[];
    }>('GET', `${bot.path}/messages`);
    expect(items.map(({ type }) => type).reverse()).toEqual([
      'text',
      'invoice',
      'pre_checkout_query',
      'successful_payment',
      'text',
    ]);
    expect(items.find(({ type }) => type === 'successful_payment')?.payload?.successful_payment).toEqual(
      successful_payment,
    );
  });

  test('an invoice times out when it is not paid, and is refused from then on', async () => {
    const clock = createShiftableClock();
    await open({ clock });
    const steps = [
      { ...INVOICE, timeout: { hours: 1 }, on_timeout: 'over', next: 'thanks' },
      { id: 'thanks', type: 'message', text: 'Thank you', next: null },
      { id: 'over', type: 'message', text: 'Over', next: null },
    ];
    const bot = await harness.createBot({ flows: [{ trigger_command: 'start', flow_data: { steps } }] });
    const ann = harness.telegram.user('Ann').in(bot.fake);
    await ann.send('/start');
    await ann.expectReply('News');
    await harness.quiet();
    clock.shift(61 * 60_000);
    await ann.expectReply('Over');
    await harness.quiet();
    await ann.expectPaymentRefused(/no longer valid/);
  });

  test(
    'a payment is answered while no message can be sent and the backlog holds the lane',
    { timeout: 30_000 },
    async () => {
      await open({ runtime: { backlog: 10 } });
      const many = {
        trigger_command: 'many',
        flow_data: {
          steps: Array.from({ length: 20 }, (_, index) => ({ id: `m${index}`, type: 'message', text: `No ${index}` })),
        },
      };
      const bot = await harness.createBot({ flows: [SHOP, many] });
      const [ann, bob] = [harness.telegram.user('Ann').in(bot.fake), harness.telegram.user('Bob').in(bot.fake)];
      await ann.send('/start');
      await ann.expectReply('News');
      await harness.quiet();
      const still = harness.telegram.latency({ method: 'sendMessage', ms: 6_000 });
      await bob.send('/many');
      await waitFor(() => harness.telegram.callsTo({ method: 'sendMessage' }).length > 0, {
        what: 'the first message to hang',
      });
      // No other message gets through.
      await harness.telegram.user('Carl').in(bot.fake).send('/start');
      await ann.pay();
      expect(harness.telegram.callsTo({ method: 'answerPreCheckoutQuery' })).toMatchObject([
        { parameters: { ok: true } },
      ]);
      expect(bob.last_reply).toBeUndefined();
      expect(harness.telegram.callsTo({ method: 'sendInvoice' })).toHaveLength(1);
      still.cancel();
      await ann.expectReply(/^Thank you/, { timeout: 20_000 });
      await harness.quiet();
    },
  );
});

describe.each([{ database: 'SQLite' }, { database: 'PostgreSQL' }] as const)(
  'SIGKILL, on $database',
  ({ database }) => {
    test('between the approval of a payment and the payment: it counts once', { timeout: 180_000 }, async () => {
      const store = await createHarnessDatabase(database);
      const cluster = await startCluster({ service: 'small', databaseUrl: store.url, instances: 1, lease: 1_000 });
      const bot = await createBotByApi(cluster.api, cluster.telegram.createBot({ username: 'shop_bot' }), [SHOP], true);
      const ann = cluster.telegram.user('Ann').in(bot.fake);
      await cluster.withLogContext(ann.send('/start').then(() => ann.expectReply('News')));
      await waitForEmptyOutbox(cluster, bot);
      await cluster.withLogContext(
        ann.pay({
          meanwhile: async () => {
            await cluster.services[0]?.kill();
            await cluster.replace(0);
          },
        }),
      );
      await cluster.withLogContext(ann.expectReply(/^Thank you: charge_/));
      await ann.expectNoReply();
      await cluster.withLogContext(ann.expectPaymentRefused(/no longer valid/));
      await cluster.stop();
      await store.drop();
    });
  },
);
