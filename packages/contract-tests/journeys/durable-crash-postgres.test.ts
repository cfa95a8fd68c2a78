import { describe } from 'vitest';
import { describeDurableCrashes } from '../src/journeys/durable/describe-durable-crashes.ts';

describe('SIGKILL, on PostgreSQL: the other of two instances continues', () => {
  describeDurableCrashes({ database: 'PostgreSQL', instances: 2 });
});
