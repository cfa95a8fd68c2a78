import { afterAll, beforeAll, describe } from 'vitest';
import { createStageDatabase, type StageDatabase } from './databases.ts';
import { createShiftableClock, type ShiftableClock } from './shiftable-clock.ts';
import { startStage, type FlowPlan, type Stage, type StageBot } from './stage.ts';

/** A stage whose time can be shifted, for tests of what waits. */
export interface Ground {
  readonly clock: ShiftableClock;
  stage(): Stage;
  /** A person who has begun a flow of these steps by /start. */
  meet(steps: readonly object[], more?: readonly FlowPlan[]): Promise<Meeting>;
}

export interface Meeting {
  readonly bot: StageBot;
  readonly ann: ReturnType<ReturnType<Stage['telegram']['user']>['in']>;
  /** Ann's path in the API, and her id. */
  readonly user: string;
  readonly user_id: string;
}

const STAGES = [
  { adapter: 'express', database: 'SQLite' },
  { adapter: 'fastify', database: 'PostgreSQL' },
] as const;

/** Declares tests on a stage with each database. */
export function onBothDatabases(title: string, declare: (ground: Ground) => void): void {
  describe.each(STAGES)(`${title}, on $adapter with $database`, ({ adapter, database }) => {
    const clock = createShiftableClock();
    let store: StageDatabase;
    let stage: Stage;

    beforeAll(async () => {
      store = await createStageDatabase(database);
      stage = await startStage({ adapter, storage: store.storage(), clock });
    });

    afterAll(async () => {
      await stage.stop();
      await store.drop();
    });

    declare({
      clock,
      stage: () => stage,
      async meet(steps, more = []) {
        const bot = await stage.createBot({ flows: [{ trigger_command: 'start', flow_data: { steps } }, ...more] });
        const ann = stage.telegram.user('Ann').in(bot.fake);
        await ann.send('/start');
        await stage.quiet();
        const { items } = await stage.api.call<{ items: { id: string }[] }>('GET', `${bot.path}/users`);
        const user_id = items[0]?.id ?? '';
        return { bot, ann, user: `${bot.path}/users/${user_id}`, user_id };
      },
    });
  });
}
