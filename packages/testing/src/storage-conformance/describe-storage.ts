import { afterAll, beforeAll, describe } from 'vitest';
import type { Storage } from '@botloom/core';
import { answerCases } from './answer-cases.ts';
import { apiKeyCases } from './api-key-cases.ts';
import { batchCases } from './batch-cases.ts';
import { botCases } from './bot-cases.ts';
import { concurrencyCases } from './concurrency-cases.ts';
import { deadLetterCases } from './dead-letter-cases.ts';
import { flowCases } from './flow-cases.ts';
import { instanceCases } from './instance-cases.ts';
import { jobCases } from './job-cases.ts';
import { maintenanceCases } from './maintenance-cases.ts';
import { messageCases } from './message-cases.ts';
import { migrationCases } from './migration-cases.ts';
import { outboxCases } from './outbox-cases.ts';
import { secretCases } from './secret-cases.ts';
import { senderCases } from './sender-cases.ts';
import { sessionCases } from './session-cases.ts';
import { MASTER_KEY, type CaseGroup, type ConformanceDatabase, type StorageTarget } from './storage-target.ts';
import { tenancyCases } from './tenancy-cases.ts';
import { uploadCases } from './upload-cases.ts';
import { userCases } from './user-cases.ts';
import { userDataCases } from './user-data-cases.ts';

const GROUPS: readonly (readonly [name: string, cases: (group: CaseGroup) => void])[] = [
  ['bots', botCases],
  ['flows', flowCases],
  ['users', userCases],
  ['sessions', sessionCases],
  ['tags and attributes', userDataCases],
  ['messages', messageCases],
  ['answers', answerCases],
  ['uploads', uploadCases],
  ['API keys', apiKeyCases],
  ['dead letters', deadLetterCases],
  ['batches', batchCases],
  ['concurrency', concurrencyCases],
  ['the sender of a chat', senderCases],
  ['the outbox', outboxCases],
  ['jobs', jobCases],
  ['instances', instanceCases],
  ['maintenance', maintenanceCases],
  ['tenancy', tenancyCases],
];

/**
 * Declares the tests that every storage must pass. Call it in a test file of vitest.
 *
 * @example
 * describeStorage('mine', {
 *   createDatabase: async () => ({
 *     open: (keys) => myStorage({ secretBox: createSecretBox(keys) }),
 *     notifies: false,
 *     drop: async () => undefined,
 *   }),
 * });
 */
export function describeStorage(name: string, target: StorageTarget): void {
  describe(name, () => {
    for (const [title, cases] of GROUPS) {
      describe(title, () => {
        cases(useGroup(target));
      });
    }
    describe('migrations', () => {
      migrationCases(target);
    });
    describe('secrets', () => {
      secretCases(target);
    });
  });
}

function useGroup(target: StorageTarget): CaseGroup {
  let database: ConformanceDatabase | undefined;
  let storage: Storage | undefined;
  const opened: Storage[] = [];
  const get = <Value>(value: Value | undefined): Value => {
    if (value === undefined) throw new Error('The group must only be used inside a case.');
    return value;
  };
  const open = (masterKeys: readonly string[]): Storage => {
    const made = get(database).open(masterKeys);
    opened.push(made);
    return made;
  };
  beforeAll(async () => {
    database = await target.createDatabase();
    storage = open([MASTER_KEY]);
    await storage.migrate('auto');
  });
  afterAll(async () => {
    for (const each of opened) await each.close();
    await database?.drop();
  });
  return {
    database: () => get(database),
    storage: () => get(storage),
    openAnother: (masterKeys = [MASTER_KEY]) => open(masterKeys),
  };
}
