import { describe } from 'vitest';
import { describeBotWorkCrashes } from '../src/journeys/durable/describe-bot-work-crashes.ts';

describe('SIGKILL during what a bot does by itself, on SQLite: the service is started again and goes on', () => {
  describeBotWorkCrashes({ database: 'SQLite', instances: 1 });
});
