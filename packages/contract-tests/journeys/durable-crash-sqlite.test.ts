import { describe } from 'vitest';
import { describeDurableCrashes } from '../src/journeys/durable/describe-durable-crashes.ts';

describe('SIGKILL, on SQLite: the service is started again and goes on', () => {
  describeDurableCrashes({ database: 'SQLite', instances: 1 });
});
