import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readSettings } from './read-settings.ts';
import { settingsTable } from './settings-table.ts';

function mistakes(variables: Record<string, string>): string[] {
  return readSettings(variables).mistakes?.map(({ variable, message }) => `${variable} ${message}`) ?? [];
}

it('starts the demo with a separate database if no variable is set', () => {
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
    apiRoot: null,
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
])('selects the mode for %j: %s', (variables, mode) => {
  expect(readSettings(variables).settings?.mode).toBe(mode);
});

it.each([
  ['sqlite:./data/x.db', { kind: 'sqlite', file: './data/x.db' }],
  ['sqlite::memory:', { kind: 'sqlite', file: ':memory:' }],
  ['sqlite:/var/lib/x.db', { kind: 'sqlite', file: '/var/lib/x.db' }],
  ['sqlite:///var/lib/x.db', { kind: 'sqlite', file: '/var/lib/x.db' }],
  ['postgres://me@db/x', { kind: 'postgres', url: 'postgres://me@db/x' }],
])('accepts the database URL %s', (DATABASE_URL, database) => {
  expect(readSettings({ DATABASE_URL, BOTLOOM_SECRET: 'a'.repeat(16) }).settings?.database).toEqual(database);
});

it('treats an empty variable as not set', () => {
  expect(readSettings({ BOT_TOKEN: '', PORT: ' ', PUBLIC_URL: '' }).settings).toMatchObject({
    mode: 'demo',
    port: 3000,
  });
});

it('accepts several master keys in order', () => {
  const settings = readSettings({ BOTLOOM_SECRET: `${'n'.repeat(32)}, ${'o'.repeat(32)}` }).settings;
  expect(settings?.secrets).toEqual(['n'.repeat(32), 'o'.repeat(32)]);
});

it('reports all mistakes and conflicts together, without values', () => {
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
  [{ PUBLIC_URL: 'https://bots.example.org:3000' }, 'PUBLIC_URL has a port that Telegram does not support'],
  [{ PUBLIC_URL: 'https://bots.example.org/?a=1' }, 'PUBLIC_URL must not contain'],
  [{ BOTLOOM_MODE: 'demo', BOT_TOKEN: '1:a' }, 'BOT_TOKEN has no effect in demo mode'],
  [{ TELEGRAM_API_ROOT: 'http://localhost:8081' }, 'TELEGRAM_API_ROOT has no effect without'],
  [{ BOTLOOM_SECRET: 'short' }, 'BOTLOOM_SECRET is too short'],
  [{ BOTLOOM_SECRET: `${'n'.repeat(32)},` }, 'BOTLOOM_SECRET contains a key that is too short'],
  [{ PORT: '70000' }, 'PORT is not a valid port'],
  [{ DATABASE_URL: 'mysql://db' }, 'DATABASE_URL is not a valid database URL'],
])('reports a mistake for %j', (variables, beginning) => {
  expect(mistakes(variables)).toEqual([expect.stringContaining(beginning)]);
});

it('accepts plain HTTP with a self-hosted Bot API server', () => {
  expect(mistakes({ PUBLIC_URL: 'http://10.0.0.2:3000', TELEGRAM_API_ROOT: 'http://10.0.0.3:8081' })).toEqual([]);
});

it('warns about unknown variables that begin with BOTLOOM_', () => {
  expect(readSettings({ BOTLOOM_APIKEY: 'x', BOTLOOM_COLOR: 'red' }).warnings).toEqual([
    'BOTLOOM_APIKEY is not a setting of this service and is ignored. Did you mean BOTLOOM_API_KEY?',
    'BOTLOOM_COLOR is not a setting of this service and is ignored.',
  ]);
});

it('has the generated table of settings in README.md', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  expect(withoutPadding(readme)).toContain(withoutPadding(settingsTable()));
});

/** Removes the padding of table columns, which the formatter adds. */
function withoutPadding(markdown: string): string {
  return markdown.replaceAll(/-{3,}/g, '---').replaceAll(/ +/g, ' ');
}
