import { afterAll, beforeAll, describe, test } from 'vitest';
import { createStageDatabase, type StageDatabase } from '../src/journeys/stage/databases.ts';
import { createShiftableClock } from '../src/journeys/stage/shiftable-clock.ts';
import { startStage, type FlowPlan, type Stage } from '../src/journeys/stage/stage.ts';

const MINUTE = 60_000;

describe.each([
  { adapter: 'express', database: 'SQLite' },
  { adapter: 'fastify', database: 'PostgreSQL' },
] as const)('steps that wait for something outside, on $adapter with $database', ({ adapter, database }) => {
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

  /** A person before a bot of these steps, begun by /start. */
  async function meet(steps: readonly object[], more: readonly FlowPlan[] = []) {
    const bot = await stage.createBot({ flows: [{ trigger_command: 'start', flow_data: { steps } }, ...more] });
    return { bot, ann: stage.telegram.user('Ann').in(bot.fake) };
  }

  test('a wait goes on by itself when its time has come, and a command ends it', async () => {
    const { ann } = await meet([
      { id: 'a', type: 'message', text: 'Later' },
      { id: 'w', type: 'wait', for: { minutes: 10 } },
      { id: 'b', type: 'message', text: 'Now, {{ user.first_name }}' },
    ]);
    await ann.send('/start');
    await ann.expectReply('Later');
    clock.shift(5 * MINUTE);
    await ann.send('/start');
    await ann.expectReply('Later');
    clock.shift(6 * MINUTE);
    await stage.quiet();
    clock.shift(5 * MINUTE);
    await ann.expectReply('Now, Ann');
    await stage.quiet();
    await ann.expectNoReply();
  });

  test('the time of a bot that is switched off comes when it is switched on again', async () => {
    const { bot, ann } = await meet([
      { id: 'w', type: 'wait', for: { minutes: 1 } },
      { id: 'b', type: 'message', text: 'Back' },
    ]);
    await ann.send('/start');
    await stage.quiet();
    await stage.api.call('PATCH', bot.path, { is_active: false });
    clock.shift(2 * MINUTE);
    await stage.api.call('PATCH', bot.path, { is_active: true });
    await stage.api.call('POST', `${bot.path}/webhook`);
    clock.shift(15 * MINUTE);
    await ann.expectReply('Back');
  });
});
