import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readCron, type Cron } from '../../flow/index.ts';
import { nextOccurrence, previousOccurrence } from './ticks.ts';

function cron(source: string): Cron {
  const found = readCron(source);
  if (found === null) throw new Error(source);
  return found;
}

const next = (source: string, zone: string, after: string): string =>
  new Date(nextOccurrence(cron(source), zone, Date.parse(after)) ?? 0).toISOString();

test.each([
  ['30 9 * * mon-fri', 'UTC', '2026-11-20T09:30:00Z', '2026-11-23T09:30:00.000Z'],
  ['30 9 * * *', 'Europe/Berlin', '2026-11-20T08:29:59Z', '2026-11-20T08:30:00.000Z'],
  ['0 0 29 2 *', 'UTC', '2026-01-01T00:00:00Z', '2028-02-29T00:00:00.000Z'],
  ['0 0 13 * fri', 'UTC', '2026-11-20T00:00:00Z', '2026-11-27T00:00:00.000Z'],
  ['*/20 * * * *', 'Asia/Kathmandu', '2026-11-20T00:00:00Z', '2026-11-20T00:15:00.000Z'],
  // Clocks skip 02:00 to 03:00, and show it twice.
  ['30 2 * * *', 'Europe/Berlin', '2026-03-28T12:00:00Z', '2026-03-29T01:30:00.000Z'],
  ['30 2 * * *', 'Europe/Berlin', '2026-10-25T00:30:00Z', '2026-10-26T01:30:00.000Z'],
])('%s in %s after %s is %s', (source, zone, after, expected) => {
  expect(next(source, zone, after)).toBe(expected);
});

test('a schedule without a next time returns null', () => {
  expect(nextOccurrence(cron('0 0 31 2 *'), 'UTC', 0)).toBeNull();
  expect(previousOccurrence(cron('0 0 31 2 *'), 'UTC', 0)).toBeNull();
});

test('the last time up to the next time is the next time', { timeout: 30_000 }, () => {
  const sources = fc.constantFrom('* * * * *', '0 9 * * mon', '15,45 2 * * *', '0 0 1 */2 *', '30 1-3 * mar,oct sun');
  const zones = fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe');
  fc.assert(
    fc.property(
      sources,
      zones,
      fc.integer({ min: 1_767_225_600_000, max: 1_830_297_600_000 }),
      (source, zone, after) => {
        const tick = nextOccurrence(cron(source), zone, after) ?? 0;
        expect(tick).toBeGreaterThan(after);
        expect(previousOccurrence(cron(source), zone, tick)).toBe(tick);
        expect(previousOccurrence(cron(source), zone, tick - 1) ?? 0).toBeLessThanOrEqual(after);
      },
    ),
    { numRuns: 20 },
  );
});
