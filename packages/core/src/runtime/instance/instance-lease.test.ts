import { beforeEach, describe, expect, test } from 'vitest';
import { BotloomError } from '../../errors/index.ts';
import { createManualClock, silentLogger, type ManualClock } from '../../ports/index.ts';
import type { InstanceStore } from '../../storage/index.ts';
import { flushEventLoop } from '../fixtures/create-test-storage.ts';
import { InstanceLease } from './instance-lease.ts';

const DURATION = 5_000;
const EVERY = 1_000;

let clock: ManualClock;
let told: string[];
let ids: number;
/** Responses of the database. */
let answers: { renew: boolean | Error; takeOver: number; takesOver: boolean };
let asked: string[];

function makeLease(): InstanceLease {
  const unused = (): never => {
    throw new Error('not used here');
  };
  const instances: InstanceStore = {
    register: () => Promise.resolve(void asked.push('register')),
    renew() {
      asked.push('renew');
      return answers.renew instanceof Error ? Promise.reject(answers.renew) : Promise.resolve(answers.renew);
    },
    remove() {
      asked.push('remove');
      return answers.renew instanceof Error ? Promise.reject(answers.renew) : Promise.resolve();
    },
    takeOver() {
      asked.push('takeOver');
      return Promise.resolve(answers.takeOver);
    },
    onRowHandoff: unused,
    acquireLease: unused,
    releaseLease: unused,
  };
  const tell = (what: string) => () => void told.push(what);
  return new InstanceLease({
    createId: () => `me${(ids += 1)}`,
    name: 'test',
    duration: DURATION,
    instances,
    clock,
    logger: silentLogger,
    shouldTakeOver: () => answers.takesOver,
    onLost: tell('lost'),
    onTakeover: tell('takeover'),
    onRegained: tell('regained'),
  });
}

async function after(duration: number): Promise<void> {
  clock.advance(duration);
  await flushEventLoop();
}

beforeEach(() => {
  clock = createManualClock();
  told = [];
  ids = 0;
  asked = [];
  answers = { renew: true, takeOver: 0, takesOver: true };
});

describe('InstanceLease', () => {
  test('is held after the start, as long as it is renewed', async () => {
    const lease = makeLease();
    expect(lease.isHeld()).toBe(false);
    await lease.start();
    for (let second = 0; second < 20; second += 1) {
      expect(lease.isHeld()).toBe(true);
      await after(EVERY);
    }
    expect(told).toEqual([]);
  });

  test('ends before its expiry if it cannot be renewed, and calls `onRegained` when it is held again', async () => {
    const lease = makeLease();
    await lease.start();
    answers.renew = new BotloomError('STORAGE_UNAVAILABLE');
    for (let second = 0; second < 4; second += 1) await after(EVERY);
    expect(lease.isHeld()).toBe(false);
    answers.renew = true;
    await after(EVERY);
    expect([lease.isHeld(), told]).toEqual([true, ['regained']]);
  });

  test('is registered again with a new ID after a takeover, and calls `onLost`', async () => {
    const lease = makeLease();
    await lease.start();
    expect(lease.id).toBe('me1');
    answers.renew = false;
    await after(EVERY);
    expect([lease.isHeld(), lease.id, told, asked.filter((what) => what === 'register').length]).toEqual([
      true,
      'me2',
      ['lost'],
      2,
    ]);
  });

  test('takes over the rows of dead instances, unless this instance sends nothing', async () => {
    answers.takeOver = 3;
    const lease = makeLease();
    await lease.start();
    expect(told).toEqual(['takeover']);
    answers.takesOver = false;
    await after(EVERY);
    expect(told).toEqual(['takeover']);
  });

  test('ends when it is stopped, even if the database is unavailable', async () => {
    const lease = makeLease();
    await lease.start();
    answers.renew = new BotloomError('STORAGE_UNAVAILABLE');
    await lease.stop();
    expect(lease.isHeld()).toBe(false);
    asked = [];
    await after(10 * EVERY);
    expect(asked).toEqual([]);
  });
});
