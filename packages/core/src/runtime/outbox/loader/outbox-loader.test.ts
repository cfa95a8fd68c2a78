import { expect, test } from 'vitest';
import { createManualClock, silentLogger } from '../../../ports/index.ts';
import type { OutboxItem, OutboxStore } from '../../../storage/index.ts';
import type { TelegramApi } from '../../../telegram/index.ts';
import { flushEventLoop } from '../../fixtures/create-test-storage.ts';
import { RuntimeEvents } from '../../runtime-events.ts';
import { DEFAULT_RUNTIME_OPTIONS } from '../../runtime-options.ts';
import { Dispatcher } from '../dispatcher.ts';

function row(id: number): OutboxItem {
  return {
    source: 'message',
    id,
    position: id,
    bot_id: 'b',
    user_id: null,
    chat_id: 7,
    thread_id: 0,
    method: 'sendMessage',
    payload: { text: `${id}` },
    delivery: 'at_least_once',
    expires_at: 1e15,
    was_attempted: false,
  };
}

/** Creates a dispatcher with an outbox table whose responses the test delays. */
function makeDispatcher(queued: number[]) {
  const sent: unknown[] = [];
  const answers: (() => void)[] = [];
  const unused = (): never => {
    throw new Error('not used here');
  };
  const outbox: OutboxStore = {
    load: () => {
      // The rows at the time of the query, even if the response arrives later.
      const items = queued.map(row);
      return new Promise((resolve) => answers.push(() => resolve(items)));
    },
    recordOutcomes: (_owner, outcomes) => {
      for (const { id } of outcomes) queued.splice(queued.indexOf(id), 1);
      return Promise.resolve();
    },
    enqueue: unused,
    markAttempted: unused,
    findPrevious: unused,
    failBlocked: unused,
    moveChat: unused,
    backlogOfChat: unused,
    backlog: unused,
  };
  const telegram: TelegramApi = {
    call: (_bot, _method, payload) => {
      sent.push(payload.text);
      return Promise.resolve({ message_id: sent.length });
    },
    download: unused,
    close: unused,
  };
  const clock = createManualClock();
  const dispatcher = new Dispatcher({
    currentOwner: () => 'me',
    outbox,
    secrets: { open: unused },
    uploads: { find: unused, readPart: unused, saveFileIds: unused, deleteFileIds: unused },
    telegram,
    clock,
    logger: silentLogger,
    options: DEFAULT_RUNTIME_OPTIONS,
    events: new RuntimeEvents(silentLogger),
    credentials: () => ({ id: 'b', token: 't' }),
    isLeaseHeld: () => true,
    onBacklogReduced: () => undefined,
    onFailuresRecorded: () => undefined,
    onCredentialsRejected: () => undefined,
  });
  return {
    dispatcher,
    sent,
    clock,
    /** Responds to the oldest query of the table. */
    async answer() {
      answers.shift()?.();
      await flushEventLoop();
    },
  };
}

test('a row that is recorded while the table is read is not sent again', async () => {
  const { dispatcher, sent, clock, answer } = makeDispatcher([1]);
  dispatcher.start();
  await answer();
  expect(sent).toEqual(['1']);
  // Another instance hands over rows: the table is read while row 1 is still queued in it. The result of row 1 is
  // recorded before the response arrives.
  dispatcher.loadFromTable();
  clock.advance(DEFAULT_RUNTIME_OPTIONS.settleDelay);
  await flushEventLoop();
  await answer();
  expect(sent).toEqual(['1']);
  await dispatcher.idle();
});

test('rows that were read before the lease was lost are not sent', async () => {
  const { dispatcher, sent, answer } = makeDispatcher([1, 2]);
  dispatcher.start();
  dispatcher.discardAll();
  await answer();
  expect(sent).toEqual([]);
  await answer();
  expect(sent).toEqual(['1', '2']);
});

test('a row that was read from the table is not sent again when its commit is reported later', async () => {
  const queued = [1, 2];
  const { dispatcher, sent, clock, answer } = makeDispatcher(queued);
  dispatcher.start();
  await answer();
  // The row was read and sent, but is not recorded yet.
  dispatcher.add([row(1)]);
  await flushEventLoop();
  clock.advance(DEFAULT_RUNTIME_OPTIONS.settleDelay);
  await flushEventLoop();
  // The row was recorded and removed from memory.
  dispatcher.add([row(2), row(3)]);
  await flushEventLoop();
  expect(sent).toEqual(['1', '2', '3']);
});

test('new rows of a bot are sent directly after their commit again, once all its rows were read', async () => {
  const queued = [1];
  const { dispatcher, sent, answer } = makeDispatcher(queued);
  dispatcher.start();
  // Reported while the table is read, which contains the row already.
  dispatcher.add([row(1)]);
  await answer();
  expect(dispatcher.backlogOfBot('b')).toBe(0);
  dispatcher.add([{ ...row(2), chat_id: 8 }]);
  await flushEventLoop();
  expect(sent).toEqual(['1', '2']);
});

test('a row that is reported during a read that does not contain it is sent without another read', async () => {
  const queued = [1];
  const { dispatcher, sent, answer } = makeDispatcher(queued);
  dispatcher.start();
  dispatcher.add([row(2)]);
  await flushEventLoop();
  expect(sent).toEqual([]);
  await answer();
  expect(sent).toEqual(['1', '2']);
});
