import { describe } from 'vitest';
import { describeBotWorkCrashes } from '../src/journeys/durable/describe-bot-work-crashes.ts';

describe('SIGKILL during work that a bot does on its own, on SQLite: the restarted service continues', () => {
  describeBotWorkCrashes({ database: 'SQLite', instances: 1 });
});
