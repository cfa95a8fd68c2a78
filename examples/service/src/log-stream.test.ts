import { expect, it } from 'vitest';
import { createLogStream } from './log-stream.ts';

function written(line: string, isForPeople: boolean): string {
  let all = '';
  createLogStream((text) => {
    all += text;
  }, isForPeople).write(line);
  return all;
}

const token = `12345678:${'A'.repeat(35)}`;

it('strikes tokens and API keys out of any text', () => {
  const line = JSON.stringify({
    level: 40,
    time: 0,
    msg: `GET https://api.telegram.org/bot${token}/getMe`,
    key: `botloom_${'k'.repeat(49)}`,
  });
  for (const isForPeople of [true, false]) {
    expect(written(line, isForPeople)).not.toContain('AAAA');
    expect(written(line, isForPeople)).not.toContain('kkkk');
  }
});

it('writes a line for people on a terminal', () => {
  const line = JSON.stringify({
    level: 40,
    time: 0,
    pid: 1,
    hostname: 'h',
    bot_id: 'b1',
    msg: 'updates could not be fetched',
  });
  expect(written(`${line}\n`, true)).toBe('00:00:00 warn  updates could not be fetched bot_id=b1\n');
  expect(written('no JSON\n', true)).toBe('no JSON\n');
});
