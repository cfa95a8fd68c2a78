import { isoTime, parseMinutes } from '../../flow/index.ts';
import { NO_ACTION, REJECTED, STALE, typedText, type InputBehavior } from './input-behavior.ts';
import { hourRows, minuteRows } from './time/clock-rows.ts';
import { readClock } from './time/read-date.ts';

export const timeBehavior: InputBehavior<'time'> = {
  expects({ min, max }) {
    const from = min === 0 ? '' : `, from ${isoTime(min)}`;
    const to = max === 1439 ? '' : `${from === '' ? ',' : ''} until ${isoTime(max)}`;
    return `Please send a time, such as 18:30${from}${to}.`;
  },
  read({ min, max }, event) {
    const minutes = readClock(typedText(event) ?? '');
    return minutes === null || minutes < min || minutes > max ? REJECTED : { value: isoTime(minutes) };
  },
  keyboard: ({ min, max, calendar, minute_step }) =>
    calendar ? { kind: 'inline', rows: hourRows({ from: min, to: max }, minute_step, 'h') } : null,
  press({ min, max, minute_step }, detail) {
    const range = { from: min, to: max };
    if (detail === 'x') return NO_ACTION;
    if (detail === 'a') return { kind: 'show', rows: hourRows(range, minute_step, 'h') };
    const hour = /^h([01]\d|2[0-3])$/.exec(detail)?.[1];
    if (hour !== undefined) {
      return {
        kind: 'show',
        rows: [...minuteRows(Number(hour), range, minute_step, 't'), [{ text: '‹', detail: 'a' }]],
      };
    }
    const minutes = /^t\d{2}-\d{2}$/.test(detail) ? parseMinutes(detail.slice(1).replace('-', ':')) : null;
    if (minutes === null || minutes < min || minutes > max) return STALE;
    return { kind: 'answer', value: isoTime(minutes), label: isoTime(minutes) };
  },
};
