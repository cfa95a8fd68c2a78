import { test } from 'vitest';
import { runCrashJourney } from '../src/journeys/crash/crash-journey.ts';

test(
  'killing the service during 200 dialogues loses no update and every dialogue ends, on SQLite',
  { timeout: 180_000 },
  async () => {
    await runCrashJourney({ database: 'SQLite', instances: 1, people: 200, kills: 4 });
  },
);
