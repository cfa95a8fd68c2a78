import { isoTime } from '../../../flow/index.ts';
import type { InputButton } from '../input-behavior.ts';

const BLANK: InputButton = { text: '·', detail: 'x' };
const HOURS_PER_ROW = 6;
const MINUTES_PER_ROW = 4;

/** Times that can be chosen, in minutes of a day, both ends included. */
export interface ClockRange {
  readonly from: number;
  readonly to: number;
}

/**
 * Returns the hours of a day as buttons; hours without a time that can be chosen are blank.
 *
 * @param prefix - of the details: `h`, or `h2026-12-24-`
 */
export function hourRows({ from, to }: ClockRange, step: number, prefix: string): InputButton[][] {
  const hours = Array.from({ length: 24 }, (_, hour) =>
    minutesIn(hour, step).some((minute) => minute >= from && minute <= to)
      ? { text: isoTime(hour * 60), detail: `${prefix}${String(hour).padStart(2, '0')}` }
      : BLANK,
  );
  return splitIntoRows(hours, HOURS_PER_ROW);
}

/** Returns the times of one hour as buttons. */
export function minuteRows(hour: number, { from, to }: ClockRange, step: number, prefix: string): InputButton[][] {
  const minutes = minutesIn(hour, step).map((minute) =>
    minute >= from && minute <= to
      ? { text: isoTime(minute), detail: `${prefix}${isoTime(minute).replace(':', '-')}` }
      : BLANK,
  );
  return splitIntoRows(minutes, MINUTES_PER_ROW);
}

function minutesIn(hour: number, step: number): number[] {
  return Array.from({ length: 60 / step }, (_, index) => hour * 60 + index * step);
}

function splitIntoRows(buttons: readonly InputButton[], size: number): InputButton[][] {
  const rows: InputButton[][] = [];
  for (let from = 0; from < buttons.length; from += size) rows.push(buttons.slice(from, from + size));
  return rows.filter((row) => row.some(({ detail }) => detail !== 'x'));
}
