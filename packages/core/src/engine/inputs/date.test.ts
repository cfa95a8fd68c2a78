import { describe, expect, test } from 'vitest';
import { answerTo, askQuestion, dataOf, rejectionOf, shown } from '../fixtures/ask-question.ts';
import { ANN, callback, ENV } from '../fixtures/dialogue.ts';

/** ENV's now is 2026-09-21T14:13:20Z. */
const date = { input: 'date' };

describe('typed', () => {
  test.each([
    [{}, '2026-12-24', '2026-12-24'],
    [{}, '24.12.2026', '2026-12-24'],
    [{}, ' 4.2.2026 ', '2026-02-04'],
    [{}, '24. 12. 2026', '2026-12-24'],
    [{}, '٢٤.١٢.٢٠٢٦', '2026-12-24'],
    [{}, '۲۴.۱۲.۲۰۲۶', '2026-12-24'],
    [{}, '२४.१२.२०२६', '2026-12-24'],
    [{}, '２０２６-１２-２４', '2026-12-24'],
    [{}, '\u200f24.12.2026\u200f', '2026-12-24'],
    [{}, '29.02.2028', '2028-02-29'],
    [{ formats: ['DD/MM/YYYY'] }, '01/02/2026', '2026-02-01'],
    [{ formats: ['MM/DD/YYYY'] }, '01/02/2026', '2026-01-02'],
    [{ min: 'today' }, '2026-09-21', '2026-09-21'],
    [{ max: 'today-18y' }, '2008-09-21', '2008-09-21'],
    [{ min: 'today+1w', max: 'today+1m' }, '2026-10-21', '2026-10-21'],
    [{ min: '2026-01-31', max: '2026-01-31' }, '31.1.2026', '2026-01-31'],
  ])('%j: %j is %j', (question, said, value) => {
    expect(answerTo({ ...date, ...question }, said)).toBe(value);
  });

  test.each([
    [{}, '30.02.2026'],
    [{}, '29.02.2027'],
    [{}, '2026-13-01'],
    [{}, '01/02/2026'],
    [{}, '24.12.26'],
    [{}, '24 December'],
    [{}, 'tomorrow'],
    [{}, '20261224'],
    [{}, '0000-01-01'],
    [{}, '1899-12-31'],
    [{ formats: ['YYYY-MM-DD'] }, '24.12.2026'],
    [{ formats: ['MM/DD/YYYY'] }, '24/12/2026'],
    [{ min: 'today' }, '2026-09-20'],
    [{ max: 'today-18y' }, '2008-09-22'],
    [{ min: 'today+1w' }, '2026-09-27'],
    [{ max: 'today+1m' }, '2026-10-22'],
  ])('%j: %j is refused', (question, said) => {
    expect(answerTo({ ...date, ...question }, said)).toBeUndefined();
  });

  test("today is the date in the person's time zone", () => {
    const late = { ...ENV, now: Date.parse('2026-09-21T23:30:00Z') };
    expect(answerTo({ ...date, min: 'today' }, '2026-09-21', late)).toBe('2026-09-21');
    expect(answerTo({ ...date, min: 'today', time_zone: 'Europe/Berlin' }, '2026-09-21', late)).toBeUndefined();
    const inTokyo = { ...late, user: { ...ANN, attributes: { time_zone: 'Asia/Tokyo' } } };
    expect(answerTo({ ...date, min: 'today' }, '2026-09-21', inTokyo)).toBeUndefined();
    expect(answerTo({ ...date, min: 'today', time_zone: 'America/New_York' }, '2026-09-21', inTokyo)).toBe(
      '2026-09-21',
    );
    const nowhere = { ...late, user: { ...ANN, attributes: { time_zone: 'Mars/Olympus' } } };
    expect(answerTo({ ...date, min: 'today' }, '2026-09-21', nowhere)).toBe('2026-09-21');
  });

  test('the question says which format is expected', () => {
    expect(rejectionOf(date, 'x')).toBe('Please send a date as YYYY-MM-DD or DD.MM.YYYY.');
    expect(rejectionOf({ ...date, formats: ['DD/MM/YYYY'], min: 'today', max: 'today+7d' }, 'x')).toBe(
      'Please send a date as DD/MM/YYYY, from 21/09/2026 until 28/09/2026.',
    );
    expect(rejectionOf({ ...date, max: '2026-12-31' }, 'x')).toBe(
      'Please send a date as YYYY-MM-DD or DD.MM.YYYY, until 2026-12-31.',
    );
  });
});

describe('the calendar', () => {
  test('shows the current month, in the language of the person', () => {
    expect(shown(askQuestion(date))).toEqual([
      ['«', '‹', 'Sep 2026', '›', '»'],
      ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
      ['·', '1', '2', '3', '4', '5', '6'],
      ['7', '8', '9', '10', '11', '12', '13'],
      ['14', '15', '16', '17', '18', '19', '20'],
      ['21', '22', '23', '24', '25', '26', '27'],
      ['28', '29', '30', '·', '·', '·', '·'],
    ]);
    expect(shown(askQuestion(date, { ...ENV, user: { ...ANN, language: 'de' } }))[0]?.[2]).toBe('Sept. 2026');
    expect(shown(askQuestion(date, { ...ENV, user: { ...ANN, language: 'no such language!' } }))[1]?.[0]).toBe('Mon');
    expect(shown(askQuestion({ ...date, calendar: false }))).toEqual([]);
  });

  test('pages in place by months and years, and returns the pressed day', () => {
    const ann = askQuestion(date);
    expect(ann.press('›')).toEqual(['(answer)', '(call) editMessageReplyMarkup']);
    expect(ann.last.effects[1]).toMatchObject({ payload: { message_id: 1 } });
    expect(shown(ann)[0]?.[2]).toBe('Oct 2026');
    ann.press('»');
    expect(shown(ann)[0]?.[2]).toBe('Oct 2027');
    ann.press('‹');
    ann.press('«');
    expect(shown(ann)[0]?.[2]).toBe('Sep 2026');
    expect(ann.session.step_id).toBe('q');
    expect(ann.press('24')).toEqual(['(answer) 2026-09-24', '(call) editMessageReplyMarkup']);
    expect(ann.last.answers[0]?.value).toBe('2026-09-24');
  });

  test('offers only days between the bounds', () => {
    const ann = askQuestion({ ...date, min: 'today', max: 'today+12d' });
    expect(shown(ann)).toEqual([
      ['·', '·', 'Sep 2026', '›', '·'],
      ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
      ['21', '22', '23', '24', '25', '26', '27'],
      ['28', '29', '30', '·', '·', '·', '·'],
    ]);
    expect(ann.play(callback(dataOf(ann, '·')))).toEqual(['(answer)']);
    for (const detail of ['d2026-09-20', 'd2026-10-04', 'd2026-02-30', 'm2026-11', 'm2026-13', 'd', 'h2026-09-22-10']) {
      expect(ann.play(callback(`~1.0.0:${detail}`))[0], detail).toBe('(answer) This button no longer works.');
    }
    // A birthday: the calendar opens where something can be chosen, and years are turned as far as there are any.
    const birthday = askQuestion({ ...date, min: '1900-01-01', max: 'today-18y' });
    expect(shown(birthday)[0]).toEqual(['«', '‹', 'Sep 2008', '·', '·']);
    const near = askQuestion({ ...date, min: '2026-06-15', max: '2026-12-31' });
    near.press('«');
    expect(shown(near)[0]).toEqual(['·', '·', 'Jun 2026', '›', '»']);
  });

  test("stays within Telegram's limits", () => {
    const ann = askQuestion(date);
    for (let month = 0; month < 24; month += 1) {
      ann.press('›');
      const rows = shown(ann);
      expect(rows.flat().length).toBeLessThanOrEqual(100);
      expect(Math.max(...rows.map((row) => row.length))).toBeLessThanOrEqual(8);
    }
  });

  test('a press works only while the question waits', () => {
    const ann = askQuestion(date, ENV, [{ id: 'next', type: 'question', text: 'And?' }]);
    const data = dataOf(ann, '24');
    ann.play(callback(data));
    expect(ann.session.step_id).toBe('next');
    expect(ann.play(callback(data))).toEqual(['(answer) This button no longer works.', 'And?']);
    ann.say('ok');
    expect(ann.play(callback(data))).toEqual(['(answer) This button no longer works.']);
  });
});
