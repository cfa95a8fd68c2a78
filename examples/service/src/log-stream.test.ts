import { expect, it } from 'vitest';
import { createLogStream } from './log-stream.ts';

function written(line: string, isTerminal: boolean): string {
  let all = '';
  createLogStream((text) => {
    all += text;
  }, isTerminal).write(line);
  return all;
}

const token = `12345678:${'A'.repeat(35)}`;

it('redacts tokens and API keys in texts', () => {
  const line = JSON.stringify({
    level: 40,
    time: 0,
    msg: `GET https://api.telegram.org/bot${token}/getMe`,
    key: `botloom_${'k'.repeat(49)}`,
  });
  for (const isTerminal of [true, false]) {
    expect(written(line, isTerminal)).not.toContain('AAAA');
    expect(written(line, isTerminal)).not.toContain('kkkk');
  }
});

it('writes plain text on a terminal', () => {
  const line = JSON.stringify({
    level: 40,
    time: 0,
    pid: 1,
    hostname: 'h',
    bot_id: 'b1',
    msg: 'updates could not be fetched',
  });
  expect(written(`${line}\n`, true)).toBe('00:00:00 warn  updates could not be fetched bot_id=b1\n');
  expect(written('not JSON\n', true)).toBe('not JSON\n');
});
