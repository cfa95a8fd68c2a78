import { describe, expect, test } from 'vitest';
import type { OutboxItem } from '../../../storage/index.ts';
import { SendQueue, type Turn } from './send-queue.ts';

function row(
  bot_id: string,
  chat_id: number,
  id: number,
  source: 'message' | 'call' = 'message',
  position = id,
): OutboxItem {
  return {
    source,
    id,
    position,
    bot_id,
    user_id: null,
    chat_id,
    thread_id: 0,
    method: 'sendMessage',
    payload: {},
    delivery: 'at_least_once',
    expires_at: 0,
    was_attempted: false,
  };
}

function finish(queue: SendQueue, turn: Turn): void {
  queue.endAttempt(turn);
  queue.removeHead(turn);
  queue.release(turn);
}

function next(queue: SendQueue): Turn {
  const turn = queue.next();
  if (turn === null) throw new Error('no row is ready to be sent');
  return turn;
}

const LIMITS = { concurrency: 10, botConcurrency: 10 };

describe('SendQueue', () => {
  test('a chat sends one row at a time, in order of position', () => {
    const queue = new SendQueue(LIMITS);
    for (const id of [3, 1, 2]) queue.add(row('a', 7, id));
    const first = next(queue);
    expect(first.item.id).toBe(1);
    expect(queue.next()).toBeNull();
    finish(queue, first);
    expect(next(queue).item.id).toBe(2);
  });

  test('a call is sent after its message and before the next message', () => {
    const queue = new SendQueue(LIMITS);
    queue.add(row('a', 7, 12));
    queue.add(row('a', 7, 5, 'call', 10));
    queue.add(row('a', 7, 10));
    const order: string[] = [];
    for (let turn = queue.next(); turn !== null; turn = queue.next()) {
      order.push(`${turn.item.source} ${turn.item.id}`);
      finish(queue, turn);
    }
    expect(order).toEqual(['message 10', 'call 5', 'message 12']);
  });

  test('a row with a lower position that arrives late is sent after the row in flight', () => {
    const queue = new SendQueue(LIMITS);
    queue.add(row('a', 7, 5));
    const turn = next(queue);
    queue.add(row('a', 7, 4));
    finish(queue, turn);
    expect(next(queue).item.id).toBe(4);
  });

  test('bots take turns, no matter how much one of them has queued', () => {
    const queue = new SendQueue({ concurrency: 4, botConcurrency: 4 });
    for (let chat = 0; chat < 100; chat += 1) queue.add(row('big', chat, chat + 1));
    queue.add(row('small', 1, 1000));
    const bots = [next(queue), next(queue)].map((turn) => turn.item.bot_id);
    expect(bots).toEqual(['big', 'small']);
  });

  test('one bot uses no more than its share of the capacity', () => {
    const queue = new SendQueue({ concurrency: 10, botConcurrency: 2 });
    for (let chat = 0; chat < 5; chat += 1) queue.add(row('a', chat, chat + 1));
    const turns = [next(queue), next(queue)];
    expect(queue.next()).toBeNull();
    for (const turn of turns) finish(queue, turn);
    expect(next(queue).item.id).toBe(3);
  });

  test('a paused chat is skipped, does not count as backlog, and continues with the same row', () => {
    const queue = new SendQueue(LIMITS);
    queue.add(row('a', 1, 1));
    queue.add(row('a', 1, 2));
    queue.add(row('a', 2, 3));
    const turn = next(queue);
    queue.endAttempt(turn);
    const resume = queue.pauseChat(turn);
    queue.release(turn);
    expect(queue.activeRowCount).toBe(1);
    finish(queue, next(queue));
    expect(queue.next()).toBeNull();
    resume();
    expect(queue.activeRowCount).toBe(2);
    const again = next(queue);
    expect([again.item.id, again.attempt]).toEqual([1, 2]);
  });

  test('a paused bot is skipped, including the rows that arrive during the pause', () => {
    const queue = new SendQueue(LIMITS);
    queue.add(row('a', 1, 1));
    queue.add(row('b', 1, 2));
    const turn = next(queue);
    queue.endAttempt(turn);
    queue.pauseBot(turn);
    queue.release(turn);
    queue.add(row('a', 9, 3));
    expect(queue.activeRowCount).toBe(1);
    finish(queue, next(queue));
    expect(queue.next()).toBeNull();
    queue.resumeBot('a');
    expect(queue.activeRowCount).toBe(2);
    expect(next(queue).item.bot_id).toBe('a');
  });

  test('removes chats and bots that have no rows left', () => {
    const queue = new SendQueue(LIMITS);
    queue.add(row('a', 1, 1));
    finish(queue, next(queue));
    expect(queue.clearAll()).toEqual([]);
    expect([queue.rowCount, queue.activeRowCount, queue.inFlight, queue.rowCountOf('a')]).toEqual([0, 0, 0, 0]);
  });

  test('clearing a chat keeps its row in flight', () => {
    const queue = new SendQueue(LIMITS);
    for (const id of [1, 2, 3]) queue.add(row('a', 1, id));
    const turn = next(queue);
    expect(queue.clearAll().map(({ id }) => id)).toEqual([2, 3]);
    expect(queue.rowCount).toBe(1);
    finish(queue, turn);
    expect(queue.next()).toBeNull();
    expect([queue.rowCount, queue.rowCountOf('a')]).toEqual([0, 0]);
  });

  test('a paused bot whose rows were cleared is removed when it is resumed', () => {
    const queue = new SendQueue(LIMITS);
    queue.add(row('a', 1, 1));
    queue.add(row('a', 2, 2));
    const turn = next(queue);
    queue.endAttempt(turn);
    queue.pauseBot(turn);
    expect(queue.clearBot('a')).toHaveLength(2);
    queue.release(turn);
    expect([queue.rowCount, queue.activeRowCount, queue.isBotPaused('a')]).toEqual([0, 0, true]);
    queue.resumeBot('a');
    expect([queue.rowCount, queue.activeRowCount, queue.isBotPaused('a')]).toEqual([0, 0, false]);
  });
});
