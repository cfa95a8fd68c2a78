import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createHarnessDatabase, type HarnessDatabase } from '../src/journeys/stage/databases.ts';
import { createShiftableClock } from '../src/journeys/stage/shiftable-clock.ts';
import { startTestHarness, type HarnessBot, type TestHarness } from '../src/journeys/stage/test-harness.ts';

describe.each([
  { adapter: 'express', database: 'SQLite' },
  { adapter: 'fastify', database: 'PostgreSQL' },
] as const)('the menu of commands and the descriptions, on $adapter with $database', ({ adapter, database }) => {
  const clock = createShiftableClock();
  let store: HarnessDatabase;
  let harness: TestHarness;

  beforeAll(async () => {
    store = await createHarnessDatabase(database);
    harness = await startTestHarness({ adapter, storage: store.storage(), clock });
  });

  afterAll(async () => {
    await harness.stop();
    await store.drop();
  });

  async function ask(bot: HarnessBot, method: string, language_code = ''): Promise<unknown> {
    const answer = await fetch(`${harness.telegram.url}/bot${bot.fake.token}/${method}?language_code=${language_code}`);
    return ((await answer.json()) as { readonly result: unknown }).result; // response of the fake Telegram
  }

  /** Jobs are polled every two seconds. */
  const soon = (check: () => Promise<unknown>) => vi.waitFor(check, { timeout: 15_000 });
  const calls = (bot: HarnessBot) =>
    harness.telegram.callsTo({ bot: bot.fake.username }).filter(({ method }) => /^(set|delete)My/i.test(method));

  test('follow the flows and the settings in every language, without unnecessary calls', async () => {
    // Changes at the same time create one job. Jobs that run concurrently could both call Telegram.
    clock.hold();
    const bot = await harness.createBot({
      flows: [
        {
          trigger_command: 'start',
          flow_data: { description: 'Begin', descriptions: { de: 'Anfangen' }, response: 'Hi' },
        },
        { flow_data: { triggers: [{ kind: 'command', command: '/Help' }], description: 'Get help', response: 'Help' } },
        { trigger_command: 'secret', flow_data: { response: 'Psst' } },
      ],
    });
    clock.shift(10_000);
    const both = (start: string) => [
      { command: 'start', description: start },
      { command: 'help', description: 'Get help' },
    ];
    await soon(async () => expect(await ask(bot, 'getMyCommands', 'de')).toEqual(both('Anfangen')));
    await soon(async () => expect(await ask(bot, 'getMyCommands')).toEqual(both('Begin')));
    await harness.quiet();
    expect(calls(bot)).toHaveLength(2);

    clock.hold();
    await harness.api.call('PATCH', bot.path, {
      settings: { description: 'A bot', descriptions: { de: 'Ein Bot' }, short_description: 'Bot' },
    });
    clock.shift(10_000);
    await soon(async () => expect(await ask(bot, 'getMyShortDescription')).toEqual({ short_description: 'Bot' }));
    expect(await ask(bot, 'getMyDescription', 'de')).toEqual({ description: 'Ein Bot' });
    expect(calls(bot)).toHaveLength(5);

    clock.hold();
    const [start] = bot.flows;
    await harness.api.call('PUT', `${bot.path}/flows/${start?.id}`, {
      name: 'Start',
      trigger_command: 'start',
      flow_data: { description: 'Begin', response: 'Hello' },
    });
    await harness.api.call('PATCH', bot.path, { settings: { description: 'A bot', short_description: 'Bot' } });
    clock.shift(10_000);
    await soon(async () => expect(await ask(bot, 'getMyCommands', 'de')).toEqual([]));
    await soon(async () => expect(await ask(bot, 'getMyDescription', 'de')).toEqual({ description: 'A bot' }));
    expect(calls(bot)).toHaveLength(7);
  });

  test('repeat only the calls that Telegram has postponed', async () => {
    clock.hold();
    const bot = await harness.createBot();
    harness.telegram.fail({
      bot: bot.fake,
      method: 'setMyDescription',
      times: 2,
      with: { status: 429, retry_after: 1 },
    });
    await harness.api.call('POST', `${bot.path}/flows`, {
      name: 'Start',
      trigger_command: 'start',
      flow_data: { description: 'Begin', response: 'Hi' },
    });
    await harness.api.call('PATCH', bot.path, { settings: { description: 'A bot' } });
    await soon(async () => {
      clock.shift(5_000);
      expect(await ask(bot, 'getMyDescription')).toEqual({ description: 'A bot' });
    });
    expect(calls(bot).map(({ method }) => method)).toEqual([
      'setMyCommands',
      'setMyDescription',
      'setMyDescription',
      'setMyDescription',
    ]);
  });

  test('log a call that Telegram rejects permanently, and continue with the others', async () => {
    const bot = await harness.createBot();
    harness.telegram.fail({
      bot: bot.fake,
      method: 'setMyDescription',
      with: { status: 400, description: 'Bad Request: LANG_CODE_INVALID' },
    });
    await harness.api.call('PATCH', bot.path, {
      settings: { descriptions: { xx: 'A bot' }, short_description: 'Bot' },
    });
    clock.shift(10_000);
    await soon(async () => expect(await ask(bot, 'getMyShortDescription')).toEqual({ short_description: 'Bot' }));
    expect(harness.log.lines).toContainEqual(
      expect.objectContaining({
        level: 'warn',
        message: 'Telegram rejects a part of the menu of this bot; correct it in the flow or in the settings',
      }),
    );
  });

  test('refuse values that a menu cannot show, with their path', async () => {
    const bot = await harness.createBot();
    const post = (flow_data: object) =>
      harness.api.send('POST', `${bot.path}/flows`, { body: { name: 'x', flow_data } });
    expect(await post({ description: 'x'.repeat(257), response: 'x' })).toMatchObject({
      status: 422,
      body: { errors: [{ path: '/flow_data/description' }] },
    });
    expect(await post({ descriptions: { de: 'x' }, response: 'x' })).toMatchObject({
      status: 422,
      body: { errors: [{ path: '/flow_data/description', code: 'required' }] },
    });
    expect(await post({ description: 'x', descriptions: { german: 'x' }, response: 'x' })).toMatchObject({
      status: 422,
    });
    expect(
      await harness.api.send('PATCH', bot.path, { body: { settings: { short_description: 'x'.repeat(121) } } }),
    ).toMatchObject({ status: 422 });
  });
});
