import { expect, test } from 'vitest';
import { createBotloom } from './create-botloom.ts';
import { checkOptions, type BotloomOptions } from './options.ts';
import { sqlite } from './sqlite.ts';
import { createTelegramApi } from './telegram/index.ts';

const good: BotloomOptions = { storage: sqlite({ file: ':memory:' }), secrets: 'a master key for tests' };

test('all mistakes are reported at once, each with its path', () => {
  // Options of a caller without types.
  const bad = {
    storage: 'sqlite',
    secrets: 'short',
    publicUrl: 'example.com',
    telegram: { apiroot: 'x' },
    runtime: { lanes: 0, lane: 1 },
    logger: () => undefined,
    polling: true,
  } as unknown as BotloomOptions;
  try {
    createBotloom(bad);
    expect.unreachable();
  } catch (error) {
    expect(error).toMatchObject({ code: 'OPTIONS_INVALID' });
    const { problems } = error as { problems: readonly { path: string }[] };
    expect(problems.map(({ path }) => path).sort()).toEqual([
      '/logger',
      '/polling',
      '/publicUrl',
      '/runtime/lane',
      '/runtime/lanes',
      '/secrets',
      '/storage',
      '/telegram/apiroot',
    ]);
    expect(String(error)).not.toContain('short');
  }
});

test.each([
  ['https://example.com/', 'https://example.com'],
  ['https://example.com/bots/', 'https://example.com/bots'],
  ['http://localhost:3000', 'http://localhost:3000'],
])('the public URL %s becomes %s', (publicUrl, expected) => {
  expect(checkOptions({ ...good, publicUrl }).publicUrl).toBe(expected);
});

test.each(['https://user:pw@example.com', 'https://example.com?a=1', 'https://example.com/#a', 'ftp://example.com'])(
  'the public address %s is refused',
  (publicUrl) => {
    expect(() => checkOptions({ ...good, publicUrl })).toThrow('/publicUrl');
  },
);

test('one master key is a list of one', () => {
  expect(checkOptions(good).secrets).toEqual(['a master key for tests']);
  expect(checkOptions({ ...good, secrets: ['the newest master key', 'the one before that'] }).secrets).toHaveLength(2);
});

test('it can be created and stopped without being started', async () => {
  await createBotloom(good).stop();
});

test.each([{}, { owner: '' }, { owner: undefined }, null])(
  'a view without an owner is refused, not taken for all of them: %j',
  async (scope) => {
    const botloom = createBotloom(good);
    expect(() => botloom.withScope(scope as { owner: string })).toThrow(
      expect.objectContaining({ code: 'VALIDATION_FAILED' }),
    );
    await botloom.stop();
  },
);

test('a Telegram API that the host has created is not closed', async () => {
  const telegram = createTelegramApi();
  expect(checkOptions({ ...good, telegram }).telegram).toBe(telegram);
  let isClosed = false;
  const botloom = createBotloom({ ...good, telegram: { ...telegram, close: async () => void (isClosed = true) } });
  await botloom.stop();
  expect(isClosed).toBe(false);
  await telegram.close();
});
