import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { defineStep, type StandardSchema } from '@botloom/core';
import { DIALOGUES } from '../src/journeys/dialogues/dialogues.ts';
import { LOGIC_DIALOGUES } from '../src/journeys/dialogues/logic-dialogues.ts';
import { MENU_DIALOGUES } from '../src/journeys/dialogues/menu-dialogues.ts';
import { MESSAGE_DIALOGUES } from '../src/journeys/dialogues/message-dialogues.ts';
import { NOTIFY_DIALOGUES } from '../src/journeys/dialogues/notify-dialogues.ts';
import { OUTSIDE_DIALOGUES } from '../src/journeys/dialogues/outside-dialogues.ts';
import { PAYMENT_DIALOGUES } from '../src/journeys/dialogues/payment-dialogues.ts';
import { QUESTION_DIALOGUES } from '../src/journeys/dialogues/question-dialogues.ts';
import { TRIGGER_DIALOGUES } from '../src/journeys/dialogues/trigger-dialogues.ts';
import { USER_DATA_DIALOGUES } from '../src/journeys/dialogues/user-data-dialogues.ts';
import { watchCoverage, type CoverageWatch } from '../src/journeys/dialogues/watch-coverage.ts';
import { startWorkServer, type WorkServer } from '../src/journeys/durable/work-server.ts';
import { ALL_STAGES } from '../src/journeys/stage/all-stages.ts';
import { createStageDatabase, type StageDatabase } from '../src/journeys/stage/databases.ts';
import { createShiftableClock } from '../src/journeys/stage/shiftable-clock.ts';
import { startStage, type Stage } from '../src/journeys/stage/stage.ts';

const DIALOGUES_OF_ALL = [
  ...DIALOGUES,
  ...LOGIC_DIALOGUES,
  ...MESSAGE_DIALOGUES,
  ...MENU_DIALOGUES,
  ...PAYMENT_DIALOGUES,
  ...QUESTION_DIALOGUES,
  ...TRIGGER_DIALOGUES,
  ...USER_DATA_DIALOGUES,
  ...NOTIFY_DIALOGUES,
  ...OUTSIDE_DIALOGUES,
];

const NUMBER: StandardSchema<{ readonly number: unknown }> = {
  '~standard': {
    version: 1,
    vendor: 'tests',
    validate: (value) =>
      typeof value === 'object' && value !== null && 'number' in value
        ? { value }
        : { issues: [{ message: 'has no number' }] },
  },
};
const work = defineStep({
  type: 'work',
  summary: 'Doubles a number.',
  schema: NUMBER,
  run: ({ number }) => ({ twice: 2 * Number(number) }),
});

describe.each(ALL_STAGES)('dialogues on $adapter with $database', ({ adapter, database }) => {
  const clock = createShiftableClock();
  let store: StageDatabase;
  let server: WorkServer;
  let stage: Stage;
  let coverage: CoverageWatch;

  beforeAll(async () => {
    store = await createStageDatabase(database);
    server = await startWorkServer();
    stage = await startStage({
      adapter,
      storage: store.storage(),
      clock,
      steps: [work],
      outbound: { allow: [server.host] },
    });
    coverage = watchCoverage(stage);
  });

  afterAll(async () => {
    await stage.stop();
    await server.close();
    await store.drop();
  });

  test.each(DIALOGUES_OF_ALL)('$title', { timeout: 40_000 }, async ({ flows, lines }) => {
    const bot = await stage.createBot({ flows });
    const memory = new Map();
    for (const line of lines)
      await line({ stage, bot, memory, work: server, clock, person: (name) => stage.telegram.user(name).in(bot.fake) });
    await coverage.add(bot);
  });

  // Of what is added to the lists of kinds and has no dialogue.
  test('together they come to every kind of step, input and trigger there is', () => {
    expect(coverage.missing()).toEqual([]);
  });
});
