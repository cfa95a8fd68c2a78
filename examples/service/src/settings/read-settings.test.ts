import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readSettings } from './read-settings.ts';
import { settingsTable } from './settings-table.ts';

function mistakes(variables: Record<string, string>): string[] {
  return readSettings(variables).mistakes?.map(({ variable, message }) => `${variable} ${message}`) ?? [];
}

it('needs nothing: the demo, on a database of its own', () => {
  expect(readSettings({}).settings).toEqual({
    port: 3000,
    host: '127.0.0.1',
    mode: 'demo',
    database: { kind: 'sqlite', file: './data/demo.db' },
    isDatabaseGiven: false,
    publicUrl: null,
    secrets: [],
    apiKey: null,
    botToken: null,
    telegramApiRoot: null,
    logLevel: 'warn',
  });
});

it.each([
  [{}, 'demo'],
  [{ BOT_TOKEN: '1:a' }, 'polling'],
  [{ BOT_TOKEN: '1:a', PUBLIC_URL: 'https://bots.example.org' }, 'webhook'],
  [{ PUBLIC_URL: 'https://bots.example.org' }, 'webhook'],
  [{ BOTLOOM_MODE: 'polling' }, 'polling'],
  [{ BOTLOOM_MODE: 'polling', PUBLIC_URL: 'https://bots.example.org' }, 'polling'],
])('with %j the mode is %s', (variables, mode) => {
  expect(readSettings(variables).settings?.mode).toBe(mode);
});

it.each([
  ['sqlite:./data/x.db', { kind: 'sqlite', file: './data/x.db' }],
  ['sqlite::memory:', { kind: 'sqlite', file: ':memory:' }],
  ['sqlite:/var/lib/x.db', { kind: 'sqlite', file: '/var/lib/x.db' }],
  ['sqlite:///var/lib/x.db', { kind: 'sqlite', file: '/var/lib/x.db' }],
  ['postgres://me@db/x', { kind: 'postgres', url: 'postgres://me@db/x' }],
])('%s is read', (DATABASE_URL, database) => {
  expect(readSettings({ DATABASE_URL, BOTLOOM_SECRET: 'a'.repeat(16) }).settings?.database).toEqual(database);
});

it('takes an empty variable for one that is not set', () => {
  expect(readSettings({ BOT_TOKEN: '', PORT: ' ', PUBLIC_URL: '' }).settings).toMatchObject({
    mode: 'demo',
    port: 3000,
  });
});

it('takes several master keys, the first in force', () => {
  const settings = readSettings({ BOTLOOM_SECRET: `${'n'.repeat(32)}, ${'o'.repeat(32)}` }).settings;
  expect(settings?.secrets).toEqual(['n'.repeat(32), 'o'.repeat(32)]);
});

it('names every mistake at once, those between variables too, and no value', () => {
  const found = mistakes({
    PORT: 'http',
    BOT_TOKEN: 'sesame',
    DATABASE_URL: 'postgres://me:sesame@db/x',
    LOG_LEVEL: 'loud',
    PUBLIC_URL: 'http://bots.example.org',
  });
  expect(found.map((line) => line.split(' ')[0])).toEqual([
    'PORT',
    'BOT_TOKEN',
    'LOG_LEVEL',
    'BOTLOOM_SECRET',
    'PUBLIC_URL',
  ]);
  expect(found.join()).not.toContain('sesame');
});

it.each([
  [{ BOTLOOM_MODE: 'webhook' }, 'PUBLIC_URL is missing'],
  [{ PUBLIC_URL: 'https://bots.example.org:3000' }, 'PUBLIC_URL has a port'],
  [{ PUBLIC_URL: 'https://bots.example.org/?a=1' }, 'PUBLIC_URL must be an address only'],
  [{ BOTLOOM_MODE: 'demo', BOT_TOKEN: '1:a' }, 'BOT_TOKEN does not go with'],
  [{ TELEGRAM_API_ROOT: 'http://localhost:8081' }, 'TELEGRAM_API_ROOT alone'],
  [{ BOTLOOM_SECRET: 'short' }, 'BOTLOOM_SECRET is too short'],
  [{ BOTLOOM_SECRET: `${'n'.repeat(32)},` }, 'BOTLOOM_SECRET has a key'],
  [{ PORT: '70000' }, 'PORT is not a port'],
  [{ DATABASE_URL: 'mysql://db' }, 'DATABASE_URL is not a database'],
])('%j is a mistake', (variables, beginning) => {
  expect(mistakes(variables)).toEqual([expect.stringContaining(beginning)]);
});

it('lets plain HTTP pass to a Bot API server of your own', () => {
  expect(mistakes({ PUBLIC_URL: 'http://10.0.0.2:3000', TELEGRAM_API_ROOT: 'http://10.0.0.3:8081' })).toEqual([]);
});

it('warns of variables that look like ours and are none', () => {
  expect(readSettings({ BOTLOOM_APIKEY: 'x', BOTLOOM_COLOR: 'red' }).warnings).toEqual([
    'BOTLOOM_APIKEY is not a setting of this service and is ignored; did you mean BOTLOOM_API_KEY?',
    'BOTLOOM_COLOR is not a setting of this service and is ignored.',
  ]);
});

it('documents its configuration in README.md as it is', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  expect(withoutPadding(readme)).toContain(withoutPadding(settingsTable()));
});

/** The formatter aligns the columns of a table; the words are what counts. */
function withoutPadding(markdown: string): string {
  return markdown.replaceAll(/-{3,}/g, '---').replaceAll(/ +/g, ' ');
}
