import { beforeEach, describe, expect, test } from 'vitest';
import { createManualClock, silentLogger, type ManualClock } from '../../ports/index.ts';
import { flushEventLoop } from '../fixtures/create-test-storage.ts';
import { ChatBacklog } from './chat-backlog.ts';

let clock: ManualClock;
let chats: ChatBacklog;
/** Of one chat: rows in memory, and in the table. */
let rows: { memory: number; table: number | Error };
let isBehind: boolean;
let counts: number;

beforeEach(() => {
  clock = createManualClock();
  rows = { memory: 0, table: 0 };
  isBehind = false;
  counts = 0;
  chats = new ChatBacklog({
    dispatcher: { backlogOfChat: () => rows.memory, hasUnloadedRows: () => isBehind },
    outbox: {
      backlogOfChat: () => {
        counts += 1;
        return rows.table instanceof Error ? Promise.reject(rows.table) : Promise.resolve(rows.table);
      },
    },
    limit: 3,
    clock,
    logger: silentLogger,
  });
});

describe('a chat is full', () => {
  test('when memory has as many rows, with those that are not committed yet', () => {
    rows.memory = 2;
    expect([chats.isFull('b', 7, 0), chats.isFull('b', 7, 1)]).toEqual([false, true]);
  });

  test.each([
    ['another instance sends', false, false],
    ['memory has not all of', true, true],
  ])('when the table has as many rows that %s, and for five seconds', async (_, isOurs, behind) => {
    isBehind = behind;
    rows.table = 3;
    chats.onMessageWritten('b', 7, isOurs);
    chats.onMessageWritten('b', 7, isOurs);
    await flushEventLoop();
    expect([chats.isFull('b', 7, 0), chats.isFull('b', 8, 0), chats.isFull('c', 7, 0), counts]).toEqual([
      true,
      false,
      false,
      1,
    ]);
    clock.advance(5_000);
    expect(chats.isFull('b', 7, 0)).toBe(false);
    rows.table = 2;
    chats.onMessageWritten('b', 7, isOurs);
    await flushEventLoop();
    expect([chats.isFull('b', 7, 0), counts]).toEqual([false, 2]);
  });

  test('by what memory says, when it has all there is: then the table is not counted', async () => {
    rows.table = 3;
    chats.onMessageWritten('b', 7, true);
    await flushEventLoop();
    expect([chats.isFull('b', 7, 0), counts]).toEqual([false, 0]);
  });
});

test('a database that is away makes no chat full', async () => {
  rows.table = new Error('away');
  chats.onMessageWritten('b', 7, false);
  await flushEventLoop();
  expect(chats.isFull('b', 7, 0)).toBe(false);
});
