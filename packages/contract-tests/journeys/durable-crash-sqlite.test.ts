import { describe } from 'vitest';
import { describeDurableCrashes } from '../src/journeys/durable/describe-durable-crashes.ts';

describe('SIGKILL, on SQLite: the restarted service continues', () => {
  describeDurableCrashes({ database: 'SQLite', instances: 1 });
});
