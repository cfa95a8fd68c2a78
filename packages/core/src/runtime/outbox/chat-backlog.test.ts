import { beforeEach, describe, expect, test } from 'vitest';
import { createManualClock, silentLogger, type ManualClock } from '../../ports/index.ts';
import { flushEventLoop } from '../fixtures/create-test-storage.ts';
import { ChatBacklog } from './chat-backlog.ts';

let clock: ManualClock;
let chats: ChatBacklog;
/** Rows of one chat in memory and in the table. */
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
  test('when memory contains as many rows as the limit, including the rows that are not committed yet', () => {
    rows.memory = 2;
    expect([chats.isFull('b', 7, 0), chats.isFull('b', 7, 1)]).toEqual([false, true]);
  });

  test.each([
    ['belong to another instance', false, false],
    ['are not all in memory', true, true],
  ])('for five seconds when the table contains as many rows as the limit that %s', async (_, isOurs, behind) => {
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

  test('only by its rows in memory if memory contains all of them: the table is not counted', async () => {
    rows.table = 3;
    chats.onMessageWritten('b', 7, true);
    await flushEventLoop();
    expect([chats.isFull('b', 7, 0), counts]).toEqual([false, 0]);
  });
});

test('an unavailable database does not make a chat full', async () => {
  rows.table = new Error('away');
  chats.onMessageWritten('b', 7, false);
  await flushEventLoop();
  expect(chats.isFull('b', 7, 0)).toBe(false);
});
