import { test } from 'vitest';
import { runCrashJourney } from '../src/journeys/crash/crash-journey.ts';

test(
  'killing the service during 200 dialogues loses no update and every dialogue ends, on PostgreSQL',
  { timeout: 180_000 },
  async () => {
    await runCrashJourney({ database: 'PostgreSQL', instances: 1, people: 200, kills: 3 });
  },
);

test(
  'killing either of two instances on one PostgreSQL loses no update and keeps the order of every chat',
  { timeout: 180_000 },
  async () => {
    await runCrashJourney({ database: 'PostgreSQL', instances: 2, people: 200, kills: 4 });
  },
);
