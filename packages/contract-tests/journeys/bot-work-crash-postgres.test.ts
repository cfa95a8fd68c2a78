import { describe } from 'vitest';
import { describeBotWorkCrashes } from '../src/journeys/durable/describe-bot-work-crashes.ts';

describe('SIGKILL during what a bot does by itself, on PostgreSQL: the other of two instances goes on', () => {
  describeBotWorkCrashes({ database: 'PostgreSQL', instances: 2 });
});
