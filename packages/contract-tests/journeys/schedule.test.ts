import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createHarnessDatabase, type HarnessDatabase } from '../src/journeys/stage/databases.ts';
import { createShiftableClock } from '../src/journeys/stage/shiftable-clock.ts';
import { startTestHarness, type TestHarness } from '../src/journeys/stage/test-harness.ts';

const MINUTE_MS = 60_000;

describe.each([
  { adapter: 'express', database: 'SQLite' },
  { adapter: 'fastify', database: 'PostgreSQL' },
] as const)('schedules, on $adapter with $database', ({ adapter, database }) => {
  const clock = createShiftableClock();
  let store: HarnessDatabase;
  let harness: TestHarness;

  beforeAll(async () => {
    store = await createHarnessDatabase(database);
    harness = await startTestHarness({ adapter, storage: store.storage(), clock });
  });

  afterAll(async () => {
    await harness.stop();
    await store.drop();
  });

  test(
    'runs for every user at each due time, once per user, except for users who blocked the bot',
    { timeout: 180_000 },
    async () => {
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
            trigger_command: 'human',
            flow_data: {
              steps: [
                { id: 'm', type: 'message', text: 'One moment' },
                { id: 'h', type: 'handover' },
              ],
            },
          },
          {
            flow_data: {
              triggers: [{ kind: 'schedule', cron: '0 * * * *' }],
              response: 'News for {{ user.first_name }}',
            },
          },
        ],
      });
      const [ann, bob, carl] = ['Ann', 'Bob', 'Carl'].map((name) => harness.telegram.user(name).in(bot.fake));
      for (const person of [ann, bob, carl]) {
        await person?.send('/start');
        await person?.expectReply('Name?');
      }
      harness.telegram.user('Carl').block(bot.fake);
      const dora = harness.telegram.user('Dora').in(bot.fake);
      await dora.send('/human');
      await dora.expectReply('One moment');
      await harness.quiet();
      const news = () =>
        harness.telegram
          .callsTo({ bot: bot.fake.username, method: 'sendMessage' })
          .map(({ parameters }) => JSON.stringify(parameters))
          .filter((call) => call.includes('News'));
      // Each poll is 20 minutes later, so every third one finds a due time.
      const later = (count: number) =>
        vi.waitFor(
          () => {
            clock.shift(20 * MINUTE_MS);
            expect(news().length).toBeGreaterThanOrEqual(count);
          },
          { timeout: 25_000, interval: 1_500 },
        );
      await later(2);
      await later(news().length + 2);
      await harness.quiet();
      const heard = (name: string) => news().filter((call) => call.includes(name)).length;
      expect(heard('Ann')).toBeGreaterThanOrEqual(2);
      expect(Math.abs(heard('Ann') - heard('Bob'))).toBeLessThanOrEqual(1);
      expect(heard('Carl')).toBe(0);
      // An operator has her session.
      expect(heard('Dora')).toBe(0);
      // A pending question is still pending.
      await ann?.send('Ann');
      await ann?.expectReply('Hi Ann', { skip: true });
    },
  );
});
