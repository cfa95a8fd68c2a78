import { isTimeZone } from '../../flow/index.ts';
import type { Run } from '../run/run.ts';

/**
 * Returns the time zone of a step: its own, else the person's (their attribute `time_zone`), else the bot's, else UTC.
 */
export function timeZoneOf({ user, program }: Run, own: string | null): string {
  const theirs = user.attributes.time_zone;
  const candidates = [own, typeof theirs === 'string' ? theirs : null, program.bot.time_zone ?? null];
  return candidates.find((zone) => zone !== null && isTimeZone(zone)) ?? 'UTC';
}
