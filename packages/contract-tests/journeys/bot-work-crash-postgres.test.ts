import { describe } from 'vitest';
import { describeBotWorkCrashes } from '../src/journeys/durable/describe-bot-work-crashes.ts';

describe('SIGKILL during work that a bot does on its own, on PostgreSQL: the other of two instances continues', () => {
  describeBotWorkCrashes({ database: 'PostgreSQL', instances: 2 });
});
