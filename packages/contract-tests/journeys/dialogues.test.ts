import { afterAll, beforeAll, describe, test } from 'vitest';
import { DIALOGUES } from '../src/journeys/dialogues/dialogues.ts';
import { LOGIC_DIALOGUES } from '../src/journeys/dialogues/logic-dialogues.ts';
import { MESSAGE_DIALOGUES } from '../src/journeys/dialogues/message-dialogues.ts';
import { PAYMENT_DIALOGUES } from '../src/journeys/dialogues/payment-dialogues.ts';
import { NOTIFY_DIALOGUES } from '../src/journeys/dialogues/notify-dialogues.ts';
import { QUESTION_DIALOGUES } from '../src/journeys/dialogues/question-dialogues.ts';
import { TRIGGER_DIALOGUES } from '../src/journeys/dialogues/trigger-dialogues.ts';
import { USER_DATA_DIALOGUES } from '../src/journeys/dialogues/user-data-dialogues.ts';
import { ALL_STAGES } from '../src/journeys/stage/all-stages.ts';
import { createStageDatabase, type StageDatabase } from '../src/journeys/stage/databases.ts';
import { startStage, type Stage } from '../src/journeys/stage/stage.ts';

describe.each(ALL_STAGES)('dialogues on $adapter with $database', ({ adapter, database }) => {
  let store: StageDatabase;
  let stage: Stage;

  beforeAll(async () => {
    store = await createStageDatabase(database);
    stage = await startStage({ adapter, storage: store.storage() });
  });

  afterAll(async () => {
    await stage.stop();
    await store.drop();
  });

  test.each([...DIALOGUES, ...LOGIC_DIALOGUES, ...MESSAGE_DIALOGUES, ...PAYMENT_DIALOGUES, ...QUESTION_DIALOGUES, ...TRIGGER_DIALOGUES, ...USER_DATA_DIALOGUES, ...NOTIFY_DIALOGUES])('$title', async ({ flows, lines }) => {
    const bot = await stage.createBot({ flows });
    const memory = new Map();
    for (const line of lines) await line({ stage, bot, memory, person: (name) => stage.telegram.user(name).in(bot.fake) });
  });
});
