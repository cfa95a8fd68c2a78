import { afterAll, beforeAll, describe } from 'vitest';
import { createHarnessDatabase, type HarnessDatabase } from './databases.ts';
import { createShiftableClock, type ShiftableClock } from './shiftable-clock.ts';
import { startTestHarness, type FlowPlan, type HarnessBot, type TestHarness } from './test-harness.ts';

/** A harness with a movable clock, for tests of anything that waits. */
export interface JourneyContext {
  readonly clock: ShiftableClock;
  harness(): TestHarness;
  /** A user who has started a flow of these steps with /start. */
  startConversation(steps: readonly object[], more?: readonly FlowPlan[]): Promise<StartedConversation>;
}

export interface StartedConversation {
  readonly bot: HarnessBot;
  readonly ann: ReturnType<ReturnType<TestHarness['telegram']['user']>['in']>;
  /** Ann's path in the API, and her ID. */
  readonly user: string;
  readonly user_id: string;
}

const STACKS = [
  { adapter: 'express', database: 'SQLite' },
  { adapter: 'fastify', database: 'PostgreSQL' },
] as const;

/** Declares tests that run on a harness with each database. */
export function onBothDatabases(title: string, declare: (ground: JourneyContext) => void): void {
  describe.each(STACKS)(`${title}, on $adapter with $database`, ({ adapter, database }) => {
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

    declare({
      clock,
      harness: () => harness,
      async startConversation(steps, more = []) {
        const bot = await harness.createBot({ flows: [{ trigger_command: 'start', flow_data: { steps } }, ...more] });
        const ann = harness.telegram.user('Ann').in(bot.fake);
        await ann.send('/start');
        await harness.quiet();
        const { items } = await harness.api.call<{ items: { id: string }[] }>('GET', `${bot.path}/users`);
        const user_id = items[0]?.id ?? '';
        return { bot, ann, user: `${bot.path}/users/${user_id}`, user_id };
      },
    });
  });
}
