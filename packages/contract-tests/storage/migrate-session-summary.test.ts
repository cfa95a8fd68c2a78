import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SessionRecord, Storage } from '@botloom/core';
import { type ConformanceDatabase } from '@botloom/testing/storage-conformance';
import { postgresTarget } from './postgres-target.ts';
import { sqliteTarget } from './sqlite-target.ts';

const MASTER_KEY = 'a master key of the migration test';
const BOT = '00000000-0000-4000-8000-0000000000b1';
const EVERYONE = { owner: null };
const DEADLINE = 1_790_000_000_123;

type Wait = Readonly<Record<string, string | number | null>>;
const wait = (reason: string, deadline: number | null = null, subject?: string): Wait => ({
  token: 't',
  reason,
  deadline,
  ...(subject === undefined ? {} : { subject }),
});

/** Stored sessions of the previous version, and their summary in lists: reason, subject, deadline. */
const SESSIONS: readonly (readonly [column: string | null, state: object, ...(string | number | null)[]])[] = [
  [null, {}, 'person', null, null],
  [null, { variables: { wait: { deadline: 5 } } }, 'person', null, null],
  ['time', { wait: wait('time', DEADLINE) }, 'time', null, DEADLINE],
  ['http', { wait: wait('http', DEADLINE) }, 'http', null, DEADLINE],
  ['action', { wait: wait('action', DEADLINE) }, 'action', null, DEADLINE],
  ['event', { wait: wait('event', null, 'order_paid') }, 'event', 'order_paid', null],
  ['event', { wait: wait('event', DEADLINE, 'it’s "paid"') }, 'event', 'it’s "paid"', DEADLINE],
  ['payment', { wait: wait('payment', DEADLINE) }, 'payment', null, DEADLINE],
  ['refund', { wait: wait('refund', DEADLINE) }, 'refund', null, DEADLINE],
  ['answer', { wait: wait('answer', DEADLINE) }, 'answer', null, DEADLINE],
  ['handover', { wait: wait('handover', DEADLINE, 'A refund') }, 'handover', 'A refund', DEADLINE],
  ['handover', { interrupted: interrupted() }, 'handover', 'Help', DEADLINE],
  ['handover', { interrupted: interrupted(), wait: wait('answer', 5) }, 'handover', 'Help', DEADLINE],
  ['handover', { interrupted: interrupted(), wait: wait('handover', null, 'New') }, 'handover', 'New', null],
  [
    'answer',
    { interrupted: { state: { wait: wait('time', 5) } }, wait: wait('answer', DEADLINE) },
    'answer',
    null,
    DEADLINE,
  ],
];

function interrupted(): object {
  return { flow_version_id: 1, step_id: 'human', state: { wait: wait('handover', DEADLINE, 'Help') } };
}

describe.each([
  ['sqlite', sqliteTarget],
  ['postgres', postgresTarget()],
])('sessions that were stored before the summary had columns, on %s', (dialect, target) => {
  let database: ConformanceDatabase;
  const opened: Storage[] = [];
  const open = (): Storage => {
    const storage = database.open([MASTER_KEY]);
    opened.push(storage);
    return storage;
  };

  beforeAll(async () => {
    database = await target.createDatabase();
    const storage = open();
    await storage.migrate('auto');
    await storage.bots.create({
      id: BOT,
      name: 'Shop',
      telegram_id: 1,
      username: 'shop_bot',
      owner: null,
      token: '1:token',
      webhook_secret: 'secret',
      settings: {},
    });
    // Back to the schema of the previous version.
    for (const statement of [
      'alter table botloom_session drop column wait_subject',
      'alter table botloom_session drop column deadline',
      'delete from botloom_migration where id >= 2',
    ])
      await database.execute?.(statement);
    for (const [index, [column, state]] of SESSIONS.entries()) {
      const reason = column === null ? 'null' : `'${column}'`;
      const json = JSON.stringify(state).replaceAll("'", "''");
      const now = dialect === 'sqlite' ? '1' : 'now()';
      await database.execute?.(
        `insert into botloom_session
           (bot_id, chat_id, thread_id, user_id, flow_version_id, step_id, state, wait_reason, updated_at)
         values ('${BOT}', ${index + 1}, 0, ${index + 1}, 1, 's', '${json}', ${reason}, ${now})`,
      );
    }
  });

  afterAll(async () => {
    for (const storage of opened) await storage.close();
    await database.drop();
  });

  test('are shown with reason, subject and deadline after the migration', async () => {
    const storage = open();
    await expect(storage.migrate('check')).rejects.toThrow('session summary');
    await storage.migrate('auto');
    const { items } = await storage.sessions.list(EVERYONE, BOT, {}, { limit: 100 });
    expect(items.map(summaryOf)).toEqual(
      SESSIONS.map(([, , reason, subject, deadline]) => [
        reason,
        subject,
        typeof deadline === 'number' ? new Date(deadline).toISOString() : null,
      ]),
    );
  });
});

function summaryOf({ wait_reason, wait_subject, deadline }: SessionRecord): unknown[] {
  return [wait_reason, wait_subject, deadline];
}
