import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { BotloomError } from '../../errors/index.ts';
import type { JsonObject } from '../../model/index.ts';
import { createManualClock, silentLogger } from '../../ports/index.ts';
import { BatchDataError, type OutboxItem, type Storage } from '../../storage/index.ts';
import { parseUpdate } from '../../telegram/index.ts';
import { BotCache } from '../bots/bot-cache.ts';
import { createTestStorage, EVERYONE, type TestStorage } from '../fixtures/create-test-storage.ts';
import { RuntimeEvents } from '../runtime-events.ts';
import type { PendingInput } from './pending-input.ts';
import { createBatchProcessor, type BatchProcessorDeps } from './process-batch.ts';

interface Lab extends TestStorage {
  readonly bots: BotCache;
  /** Texts of the rows that were passed to the dispatcher. */
  readonly rows: string[];
  /** Second argument of each `onOutboxRows` call: true if the table must be read. */
  readonly tableReads: boolean[];
  readonly warnings: object[];
  /** Messages and data of the log entries of level `info`. */
  readonly notes: (string | object)[];
  /** Runs a batch. Returns the result or the error code of each input. */
  run(
    inputs: readonly Omit<PendingInput, 'resolve' | 'reject'>[],
    deps?: Partial<BatchProcessorDeps>,
  ): Promise<readonly string[]>;
}

let lab: Lab;
let bot: string;

beforeEach(async () => {
  const base = await createTestStorage();
  const clock = createManualClock();
  const bots = new BotCache({ storage: base.storage, clock, maxBots: 10, ttlMs: 1_000 });
  const rows: string[] = [];
  const tableReads: boolean[] = [];
  const warnings: object[] = [];
  const notes: (string | object)[] = [];
  lab = {
    ...base,
    bots,
    rows,
    tableReads,
    warnings,
    notes,
    async run(inputs, deps = {}) {
      const results: string[] = [];
      const process = createBatchProcessor({
        currentOwner: () => 'me',
        storage: base.storage,
        bots,
        clock,
        events: new RuntimeEvents(silentLogger),
        messageTtlMs: 1_000_000,
        batchTimeMs: 100,
        shouldReadProfile: () => false,
        logger: {
          ...silentLogger,
          warn: (fields) => void warnings.push(fields),
          info: (...told) => void notes.push(...told),
        },
        isChatBacklogFull: () => false,
        onNotificationWritten: () => undefined,
        onOutboxRows: (items: readonly OutboxItem[], in_table) => {
          rows.push(...items.map(({ payload }) => (typeof payload.text === 'string' ? payload.text : '')));
          tableReads.push(in_table);
        },
        onCallbackAnswers: () => undefined,
        onJobs: () => undefined,
        ...deps,
      });
      await process(
        inputs.map((input, index) => ({
          ...input,
          resolve: (result) => (results[index] = result),
          reject: (error) => (results[index] = error instanceof BotloomError ? error.code : error.message),
        })),
      );
      return results;
    },
  };
  bot = await lab.bot();
  await lab.flow(bot, { response: 'You said {{ message.text }}' });
});

afterEach(() => lab.storage.close());

type Input = Omit<PendingInput, 'resolve' | 'reject'>;

function input(update: JsonObject): Input {
  return {
    bot_id: bot,
    source: { kind: 'update', update, parsed: parseUpdate(update, { id: bot, username: 'shop_bot' }) },
    bytes: 100,
    arrived_at: 0,
  };
}

function text(update_id: number, words: string, chat = 7): Input {
  const person = { id: chat, first_name: 'Ann' };
  return input({
    update_id,
    message: { message_id: update_id, date: 1, from: person, chat: { ...person, type: 'private' }, text: words },
  });
}

/** Returns an input that makes the engine throw. */
function poison(update_id: number): Input {
  const { source, ...rest } = text(update_id, 'poison');
  if (source.kind !== 'update' || source.parsed.event === null) throw new Error('it is an update with an event');
  const event = Object.defineProperty({ ...source.parsed.event }, 'command', {
    get: () => {
      throw new Error('a bug');
    },
  });
  return { ...rest, source: { ...source, parsed: { ...source.parsed, event } } };
}

/** Returns a storage that rejects the batches that contain this update. */
function refusing(update_id: number): { readonly storage: Storage; readonly sizes: number[] } {
  const { updates } = lab.storage;
  const sizes: number[] = [];
  const storage: Storage = {
    ...lab.storage,
    updates: {
      processBatch(owner, inputs, now, decide) {
        sizes.push(inputs.length);
        if (inputs.some(({ claim }) => claim.kind === 'update' && claim.update_id === update_id))
          return Promise.reject(new BatchDataError('a value is out of range'));
        return updates.processBatch(owner, inputs, now, decide);
      },
    },
  };
  return { storage, sizes };
}

describe('a batch', () => {
  test('is processed in the order of update IDs, not in the order of arrival', async () => {
    expect(await lab.run([text(3, 'c'), text(1, 'a'), text(2, 'b')])).toEqual(['processed', 'processed', 'processed']);
    expect(lab.rows).toEqual(['You said a', 'You said b', 'You said c']);
  });

  test('processes an update once if the batch contains it twice, or if it was processed before', async () => {
    expect((await lab.run([text(1, 'a'), text(1, 'a')])).toSorted()).toEqual(['duplicate', 'processed']);
    expect(await lab.run([text(1, 'a'), text(2, 'b')])).toEqual(['duplicate', 'processed']);
    expect(lab.rows).toEqual(['You said a', 'You said b']);
  });

  test('reads the bot again if its revision in the database differs from the cache', async () => {
    await lab.bots.reload(bot);
    const { items } = await lab.storage.flows.list(EVERYONE, bot, { limit: 1 });
    await lab.storage.flows.update(EVERYONE, bot, items[0]?.id ?? '', { flow_data: { response: 'New words' } });
    await lab.run([text(1, 'a')]);
    expect(lab.rows).toEqual(['New words']);
  });

  test('logs an update that no flow handles, also right after the bot was removed from the cache', async () => {
    await lab.bots.reload(bot);
    lab.bots.invalidate(bot);
    const edit = input({
      update_id: 1,
      edited_message: {
        message_id: 5,
        date: 1,
        from: { id: 7, first_name: 'Ann' },
        chat: { id: 7, type: 'private' },
        text: 'edited',
      },
    });
    expect(await lab.run([edit])).toEqual(['processed']);
    expect(await lab.messages(bot)).toEqual(['received edited']);
  });

  test('emits an event for every entered step, with the trigger that started the flow', async () => {
    await lab.flow(
      bot,
      {
        steps: [
          { id: 'c', type: 'condition', if: { var: 'user.first_name', op: '=', value: 'Ann' }, then: 'q', else: null },
          { id: 'q', type: 'question', text: 'Well?', next: 'm' },
          { id: 'm', type: 'message', text: 'Good', next: null },
        ],
      },
      'ask',
    );
    const events = new RuntimeEvents(silentLogger);
    const entered: unknown[] = [];
    const end = events.on(
      'step.entered',
      ({ chat_id, step_id, type, started_by }) => void entered.push([chat_id, step_id, type, started_by]),
    );
    await lab.run([text(1, '/ask'), text(2, 'fine'), text(3, 'hello', 8)], { events });
    expect(entered).toEqual([
      [7, 'c', 'condition', 'command ask'],
      [7, 'q', 'question', null],
      [7, 'm', 'message', null],
      [8, 'response', 'message', 'default'],
    ]);
    end();
    await lab.run([text(4, '/ask')], { events });
    expect(entered).toHaveLength(4);
  });

  test('creates a session for a chat event only if it starts a flow, also if that flow is new', async () => {
    const locked: number[] = [];
    const { updates } = lab.storage;
    const storage: Storage = {
      ...lab.storage,
      updates: {
        processBatch: (owner, inputs, now, decide) => {
          locked.push(...inputs.map(({ sessions }) => sessions.length));
          return updates.processBatch(owner, inputs, now, decide);
        },
      },
    };
    const member = (status: string): JsonObject => ({ user: { id: 7, first_name: 'Ann', is_bot: false }, status });
    const joins = (update_id: number): Input =>
      input({
        update_id,
        chat_member: {
          date: update_id,
          chat: { id: -5, type: 'supergroup', title: 'G' },
          from: { id: 7, first_name: 'Ann' },
          old_chat_member: member('left'),
          new_chat_member: member('member'),
        },
      });
    await lab.bots.reload(bot);
    await lab.run([joins(1)], { storage });
    expect(locked).toEqual([0]);
    const { items } = await lab.storage.users.list(EVERYONE, bot, {}, { limit: 10 });
    expect(items.map(({ chat_id }) => chat_id)).toEqual([7]);
    // The cached bot does not contain this flow yet.
    await lab.flow(bot, { triggers: [{ kind: 'event', event: 'joined' }], response: 'Welcome' }, 'welcome');
    await lab.run([joins(1_000)], { storage });
    expect(locked).toEqual([0, 0, 2]);
    expect(lab.rows).toEqual(['Welcome']);
  });

  test('that takes too long is split, and each update is processed once', async () => {
    let now = 0;
    const clock = { ...createManualClock(), monotonic: () => (now += 60) };
    const inputs = Array.from({ length: 6 }, (_, index) => text(index + 1, `${index}`));
    expect(await lab.run(inputs, { clock })).toEqual(inputs.map(() => 'processed'));
    expect(lab.rows).toEqual(inputs.map((_, index) => `You said ${index}`));
  });
});

describe('a failure', () => {
  test('in the engine creates one dead letter, and the other updates are processed in order', async () => {
    const inputs = [text(1, 'a'), poison(2), text(3, 'c')];
    expect(await lab.run(inputs)).toEqual(['processed', 'dead_letter', 'processed']);
    expect(lab.rows).toEqual(['You said a', 'You said c']);
    const { items } = await lab.storage.dead_letters.list(EVERYONE, bot, { limit: 10 });
    expect(items.map(({ update_id, reason }) => [update_id, reason])).toEqual([[2, 'The flow engine failed: a bug']]);
    expect(await lab.run([text(2, 'again')])).toEqual(['duplicate']);
  });

  test('in the data is isolated by bisecting the batch', async () => {
    await lab.bots.reload(bot);
    const { storage, sizes } = refusing(6);
    const inputs = Array.from({ length: 8 }, (_, index) => text(index + 1, `${index + 1}`));
    const results = await lab.run(inputs, { storage });
    expect(results).toEqual(inputs.map((_, index) => (index === 5 ? 'dead_letter' : 'processed')));
    expect(lab.rows).toEqual([1, 2, 3, 4, 5, 7, 8].map((number) => `You said ${number}`));
    expect(sizes).toEqual([8, 4, 4, 2, 1, 1, 2]);
  });

  test('of the database rejects all updates, and the table is read in case the batch was committed', async () => {
    const storage: Storage = {
      ...lab.storage,
      updates: { processBatch: () => Promise.reject(new BotloomError('STORAGE_UNAVAILABLE')) },
    };
    expect(await lab.run([text(1, 'a'), text(2, 'b')], { storage })).toEqual([
      'STORAGE_UNAVAILABLE',
      'STORAGE_UNAVAILABLE',
    ]);
    expect(lab.tableReads).toEqual([true]);
    expect(await lab.run([text(1, 'a'), text(2, 'b')])).toEqual(['processed', 'processed']);
  });

  test('in a flow is logged with the bot and the flow', async () => {
    await lab.flow(
      bot,
      {
        steps: [
          { id: 'a', type: 'message', text: 'x', next: 'b' },
          { id: 'b', type: 'message', text: 'x', next: 'a' },
        ],
        initial_step: 'a',
      },
      'loop',
    );
    const { items } = await lab.storage.flows.list(EVERYONE, bot, { limit: 2 });
    // Found by its command: flows that are created in the same millisecond have no order.
    const loop = items.find(({ trigger_command }) => trigger_command?.includes('loop') === true);
    await lab.run([text(1, '/loop')]);
    expect(lab.warnings).toEqual([
      expect.objectContaining({ bot_id: bot, flow_id: loop?.id ?? 'not found', kind: 'budget_exceeded' }),
    ]);
  });

  test('in a step with an error branch is not a warning, but a later failure without one is', async () => {
    const fail = (id: string, more: object = {}) => ({ id, type: 'message', text: '{{ (1..9000000) }}', ...more });
    await lab.flow(
      bot,
      { steps: [fail('a', { on_error: 'b' }), { id: 'b', type: 'call', flow: '/two', on_error: 'c' }, fail('c')] },
      'fails',
    );
    await lab.flow(bot, { steps: [fail('inner')] }, 'two');
    await lab.run([text(1, '/fails')]);
    const handled = 'a step failed; its flow continues with the error branch';
    expect(lab.notes).toEqual([
      expect.objectContaining({ step_id: 'a' }),
      handled,
      expect.objectContaining({ step_id: 'inner', kind: 'step_failed' }),
      handled,
    ]);
    expect(lab.warnings).toEqual([expect.objectContaining({ step_id: 'c', kind: 'step_failed' })]);
  });

  test('of a flow that takes too long is logged, and its remaining messages are not sent', async () => {
    let now = 0;
    const clock = { ...createManualClock(), monotonic: () => (now += 100) };
    await lab.flow(bot, { steps: ['a', 'b', 'c', 'd'].map((id) => ({ id, type: 'message', text: id })) }, 'slow');
    await lab.run([text(1, '/slow')], { clock });
    expect(lab.rows).toEqual(['a', 'b']);
    expect(lab.warnings).toEqual([expect.objectContaining({ kind: 'budget_exceeded', detail: 'more than 250 ms' })]);
  });
});
