import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { defineStep, type StandardSchema } from '@botloom/core';
import { createCoverageTracker, type CoverageTracker } from '../src/journeys/dialogues/create-coverage-tracker.ts';
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
import { startWorkServer, type WorkServer } from '../src/journeys/durable/work-server.ts';
import { ALL_STACKS } from '../src/journeys/stage/all-stacks.ts';
import { createHarnessDatabase, type HarnessDatabase } from '../src/journeys/stage/databases.ts';
import { createShiftableClock } from '../src/journeys/stage/shiftable-clock.ts';
import { startTestHarness, type TestHarness } from '../src/journeys/stage/test-harness.ts';

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

describe.each(ALL_STACKS)('dialogues on $adapter with $database', ({ adapter, database }) => {
  const clock = createShiftableClock();
  let store: HarnessDatabase;
  let server: WorkServer;
  let harness: TestHarness;
  let coverage: CoverageTracker;

  beforeAll(async () => {
    store = await createHarnessDatabase(database);
    server = await startWorkServer();
    harness = await startTestHarness({
      adapter,
      storage: store.storage(),
      clock,
      steps: [work],
      outbound: { allow: [server.host] },
    });
    coverage = createCoverageTracker(harness);
  });

  afterAll(async () => {
    await harness.stop();
    await server.close();
    await store.drop();
  });

  test.each(DIALOGUES_OF_ALL)('$title', { timeout: 40_000 }, async ({ flows, lines }) => {
    const bot = await harness.createBot({ flows });
    const memory = new Map();
    for (const line of lines)
      await line({
        stage: harness,
        bot,
        memory,
        work: server,
        clock,
        person: (name) => harness.telegram.user(name).in(bot.fake),
      });
    await coverage.add(bot);
  });

  // Fails if a kind is added that no dialogue uses.
  test('together use every kind of step, input and trigger', () => {
    expect(coverage.missing()).toEqual([]);
  });
});
