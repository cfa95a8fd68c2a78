import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { BotloomError } from '../errors/index.ts';
import { createOutbound } from '../outbound/index.ts';
import { silentLogger, systemClock } from '../ports/index.ts';
import type { Storage } from '../storage/index.ts';
import { createRuntime } from './create-runtime.ts';
import { createTestStorage, EVERYONE, flushEventLoop, type TestStorage } from './fixtures/create-test-storage.ts';
import { apiError, createStubTelegram, type StubTelegram } from './fixtures/stub-telegram.ts';
import type { RuntimeOptions } from './runtime-options.ts';
import type { Runtime } from './runtime.ts';

let lab: TestStorage;
let telegram: StubTelegram;
let running: Runtime[];

beforeEach(async () => {
  lab = await createTestStorage();
  telegram = createStubTelegram();
  running = [];
});

afterEach(async () => {
  await Promise.all(running.map((runtime) => runtime.stop(100)));
  await lab.storage.close();
});

function make(options: Partial<RuntimeOptions> = {}, storage: Storage = lab.storage): Runtime {
  const runtime = createRuntime({
    storage,
    telegram,
    clock: systemClock,
    logger: silentLogger,
    outbound: createOutbound(),
    options: { lease: 500, ...options },
  });
  running.push(runtime);
  return runtime;
}

function text(update_id: number, words: string, id = 7): object {
  const ann = { id, first_name: 'Ann' };
  return {
    update_id,
    message: { message_id: update_id, date: 1, from: ann, chat: { ...ann, type: 'private' }, text: words },
  };
}

describe('roles', () => {
  test('messages that an instance without a dispatcher stores are sent in order by one with a dispatcher', async () => {
    const bot = await lab.bot();
    await lab.flow(bot, { response: 'Hello {{ message.text }}' });
    const web = make();
    await web.start([]);
    for (const number of [1, 2, 3]) await web.processUpdate(bot, text(number, `${number}`));
    expect(telegram.calls).toEqual([]);
    await make().start(['dispatch']);
    await expect.poll(() => telegram.sent).toEqual(['Hello 1', 'Hello 2', 'Hello 3']);
    await web.processUpdate(bot, text(4, '4'));
    await expect.poll(() => telegram.sent.at(-1)).toBe('Hello 4');
  });
});

describe('a bot', () => {
  test('that another instance activated processes updates, although the cached bot is inactive', async () => {
    const bot = await lab.bot();
    await lab.flow(bot, { response: 'Hello' });
    const runtime = make();
    await runtime.start();
    await lab.storage.bots.update(EVERYONE, bot, { is_active: false });
    expect(await runtime.processUpdate(bot, text(1, 'a'))).toBe('dropped');
    await lab.storage.bots.update(EVERYONE, bot, { is_active: true });
    expect(await runtime.processUpdate(bot, text(2, 'b'))).toBe('processed');
  });
});

test('a chat with too many unsent messages rejects updates, and other chats continue', async () => {
  const bot = await lab.bot();
  await lab.flow(bot, { response: 'Hello' });
  telegram.answer = () => new Promise(() => undefined);
  const runtime = make({ chatBacklog: 2 });
  await runtime.start();
  for (const number of [1, 2]) await runtime.processUpdate(bot, text(number, `${number}`));
  await expect(runtime.processUpdate(bot, text(3, '3'))).rejects.toMatchObject({ code: 'UNAVAILABLE', retryAfter: 3 });
  await expect(runtime.requireCapacity(bot, 7)).rejects.toMatchObject({ code: 'RATE_LIMITED', retryAfter: 5 });
  await runtime.requireCapacity(bot, 8);
  // The other instance has no rows in memory. It counts the rows of the table.
  await expect(make({ chatBacklog: 2 }).requireCapacity(bot, 7)).rejects.toMatchObject({ code: 'RATE_LIMITED' });
});

test('a notification to a chat with too many unsent messages continues with the error branch', async () => {
  const bot = await lab.bot();
  await lab.flow(bot, {
    steps: [
      { id: 'a', type: 'notify', to: '-100', text: '{{ user.id }}', on_error: 'no' },
      { id: 'yes', type: 'message', text: 'Told', next: null },
      { id: 'no', type: 'message', text: 'Call us', next: null },
    ],
  });
  telegram.answer = ({ payload }) => {
    if (payload.chat_id === -100) throw apiError(429, 'Too Many Requests', { retry_after: 60 });
    return { message_id: 1 };
  };
  const runtime = make({ chatBacklog: 3, botBacklog: 2 });
  await runtime.start();
  // Two updates in one batch, the others one by one: the limit applies to all of them together.
  await Promise.all([runtime.processUpdate(bot, text(1, 'a')), runtime.processUpdate(bot, text(2, 'b', 8))]);
  for (const number of [3, 4]) {
    await expect.poll(() => telegram.sent.length).toBe(number - 1);
    await runtime.processUpdate(bot, text(number, 'c', number));
  }
  await expect.poll(() => telegram.sent).toEqual(['Told', 'Told', 'Told', 'Call us']);
});

test('an instance that sends nothing applies the same limit by counting the rows of the table', async () => {
  const bot = await lab.bot();
  await lab.flow(bot, {
    steps: [
      { id: 'a', type: 'notify', to: '-100', text: 'x', on_error: 'no' },
      { id: 'yes', type: 'message', text: 'Told', next: null },
      { id: 'no', type: 'message', text: 'Call us', next: null },
    ],
  });
  const runtime = make({ chatBacklog: 3 });
  await runtime.start([]);
  for (const number of [1, 2, 3, 4]) {
    await runtime.processUpdate(bot, text(number, 'a', number));
    await flushEventLoop();
  }
  const texts = (await lab.messages(bot)).filter((row) => row.startsWith('queued') && !row.endsWith(' x'));
  expect(texts).toEqual(['queued Told', 'queued Told', 'queued Told', 'queued Call us']);
});

test('a flood from one chat delays another chat by no more than the running batch', async () => {
  const bot = await lab.bot();
  await lab.flow(bot, { response: 'Hello' });
  const gates: (() => void)[] = [];
  const batches: number[] = [];
  const { processBatch } = lab.storage.updates;
  const runtime = make(
    {},
    {
      ...lab.storage,
      updates: {
        async processBatch(...given) {
          batches.push(given[1].length);
          await new Promise<void>((resolve) => gates.push(resolve));
          return processBatch(...given);
        },
      },
    },
  );
  await runtime.start();
  const refused = new Set<unknown>();
  let number = 0;
  const flood = (): void => {
    for (let count = 0; count < 5_000; count += 1) {
      number += 1;
      runtime
        .processUpdate(bot, text(number, 'again'))
        .catch((error: unknown) => refused.add((error as BotloomError).retryAfter)); // compared below
    }
  };
  for (let round = 1; round <= 5; round += 1) {
    flood();
    await expect.poll(() => gates.length).toBe(1);
    const before = batches.length;
    const ann = { id: round + 1_000, first_name: 'Ann' };
    const other = runtime.processUpdate(bot, {
      update_id: 1_000_000 + round,
      message: { message_id: 1, date: 1, from: ann, chat: { ...ann, type: 'private' }, text: 'hello' },
    });
    flood();
    gates.shift()?.();
    await expect.poll(() => gates.length).toBe(1);
    gates.shift()?.();
    expect(await other).toBe('processed');
    expect(batches.length - before).toBe(1);
  }
  expect(Math.max(...batches)).toBeLessThanOrEqual(129);
  expect(refused).toEqual(new Set([2]));
  await expect.poll(() => (gates.shift()?.(), gates.length)).toBe(0);
});

describe('stopping', () => {
  test('works while the database is unavailable', async () => {
    let isAway = false;
    const away =
      <Args extends unknown[], Result>(verb: (...args: Args) => Promise<Result>) =>
      (...args: Args): Promise<Result> =>
        isAway ? Promise.reject(new BotloomError('STORAGE_UNAVAILABLE')) : verb(...args);
    const { instances, outbox, jobs } = lab.storage;
    const storage: Storage = {
      ...lab.storage,
      instances: { ...instances, remove: away(instances.remove), renew: away(instances.renew) },
      outbox: { ...outbox, recordOutcomes: away(outbox.recordOutcomes), load: away(outbox.load) },
      jobs: { ...jobs, recordOutcomes: away(jobs.recordOutcomes), claimDue: away(jobs.claimDue) },
    };
    const bot = await lab.bot();
    await lab.flow(bot, { response: 'Hello' });
    const runtime = make({}, storage);
    await runtime.start();
    isAway = true;
    await runtime.processUpdate(bot, text(1, 'a'));
    await runtime.stop(400);
  });

  test('rejects in time the updates that wait for a backlog that does not drain', async () => {
    const bot = await lab.bot();
    await lab.flow(bot, { response: 'Hello' });
    telegram.answer = () => new Promise(() => undefined);
    const runtime = make({ backlog: 1 });
    await runtime.start();
    await runtime.processUpdate(bot, text(1, 'a'));
    const second = runtime.processUpdate(bot, text(2, 'b'));
    await Promise.all([runtime.stop(200), expect(second).rejects.toMatchObject({ code: 'UNAVAILABLE' })]);
    await expect(runtime.processUpdate(bot, text(3, 'c'))).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    // An operator's call is not an update, and Telegram does not deliver it again.
    const call = {
      bot_id: bot,
      user_id: 7,
      places: [{ chat_id: 7, chat_type: 'private', thread_id: 0 }],
      event: { kind: 'operator', command: { kind: 'end' } },
      record: null,
    } as const;
    await expect(runtime.sendSessionEvent(call)).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      message: 'Botloom is starting or stopping; try again in a second.',
    });
  });

  test('is not delayed by a bot whose token is revoked', async () => {
    const bot = await lab.bot();
    await lab.flow(bot, { response: 'Hello' });
    telegram.answer = () => {
      throw apiError(401, 'Unauthorized');
    };
    const runtime = make();
    await runtime.start();
    await runtime.processUpdate(bot, text(1, 'a'));
    await expect.poll(() => telegram.calls.length).toBe(1);
    // The test times out if this waits for the unsent messages.
    await runtime.stop(600_000);
  });
});

test('a failed start cleans up and can be repeated', async () => {
  let fails = true;
  const { instances } = lab.storage;
  const takeOver = (id: string): Promise<number> =>
    fails ? Promise.reject(new BotloomError('STORAGE_UNAVAILABLE')) : instances.takeOver(id);
  const bot = await lab.bot();
  await lab.flow(bot, { response: 'Hello' });
  const runtime = make({}, { ...lab.storage, instances: { ...instances, takeOver } });
  await expect(runtime.start()).rejects.toThrow();
  fails = false;
  await runtime.start();
  await runtime.processUpdate(bot, text(1, 'a'));
  await expect.poll(() => telegram.sent).toEqual(['Hello']);
});
