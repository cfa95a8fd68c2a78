import { sessionId, type SessionKey } from '../../update-batch.ts';
import {
  chatKeyOf,
  chooseSender,
  needsUnsentCheck,
  NO_SENDER_RECORD,
  type ChatSender,
  type SenderRecord,
} from '../chat-sender.ts';
import type { HotStatements } from './hot-statements.ts';
import type { PipelineStep } from './pipeline.ts';
import type { PostgresTransaction } from './postgres-connections.ts';

/** A message or call to a chat. */
interface OutgoingRow {
  readonly bot_id: string;
  readonly chat_id: number | null;
}

interface ChatToCheck {
  readonly key: SessionKey;
  readonly record: SenderRecord;
}

/** Number of times that unknown owners are looked up before the batch is started again. */
const MAX_OWNER_CHECKS = 3;

/**
 * Finds the sender of each chat's new rows. The rows of the chats are already locked. If the caller was the last sender
 * of all of them, which is the common case, nothing is read. Otherwise the instance rows of the owners are share-locked
 * first (a takeover waits for this transaction, or the other way round). Then the unsent rows are read with a snapshot
 * that is newer than both locks.
 *
 * @returns by session ID of the chat; null if an expired instance has unsent rows, which must be taken over first
 */
export async function findSenders(
  transaction: PostgresTransaction,
  statements: HotStatements,
  caller: string,
  rows: readonly OutgoingRow[],
  knownRecords: ReadonlyMap<string, SenderRecord>,
): Promise<Map<string, ChatSender> | null> {
  const senders = new Map<string, ChatSender>();
  const toCheck = new Map<string, ChatToCheck>();
  for (const { bot_id, chat_id } of rows) {
    if (chat_id === null) continue;
    const key = chatKeyOf(bot_id, chat_id);
    const id = sessionId(key);
    if (senders.has(id) || toCheck.has(id)) continue;
    const record = knownRecords.get(id) ?? NO_SENDER_RECORD;
    if (needsUnsentCheck(caller, record)) toCheck.set(id, { key, record });
    else senders.set(id, chooseSender(caller, key, record, null));
  }
  if (toCheck.size === 0) return senders;
  const unsent = await readUnsent(transaction, statements, caller, [...toCheck.values()]);
  if (unsent === null) return null;
  for (const [id, { key, record }] of toCheck) {
    const owners = unsent.get(`${key.bot_id}:${key.chat_id}`) ?? [];
    const other = owners.findLast((owner) => owner !== caller) ?? null;
    senders.set(id, chooseSender(caller, key, record, { other, mine: owners.includes(caller) }));
  }
  return senders;
}

/**
 * Reads the owners of the unsent rows of each chat, the one with the newest row last. All but the caller are alive, and
 * their instance rows are locked.
 */
async function readUnsent(
  transaction: PostgresTransaction,
  statements: HotStatements,
  caller: string,
  chats: readonly ChatToCheck[],
): Promise<Map<string, string[]> | null> {
  const candidates = new Set(chats.map(({ record }) => record.sender ?? caller));
  const keys = chats.map(({ key }) => key);
  for (let check = 0; check < MAX_OWNER_CHECKS; check += 1) {
    const [alive, rows] = await transaction.run(
      statements.lockSenders.step(candidates),
      statements.readUnsent.step(keys),
    );
    const liveOwners = statements.lockSenders.read(alive);
    const unsent = new Map<string, string[]>();
    const unknownOwners = new Set<string>();
    for (const { chat, owner } of statements.readUnsent.read(rows)) {
      const owners = unsent.get(chat) ?? [];
      unsent.set(chat, owners);
      owners.push(owner);
      if (owner !== caller && !liveOwners.has(owner)) unknownOwners.add(owner);
    }
    if (unknownOwners.size === 0) return unsent;
    // An owner that was looked up and is not alive has expired. One that was not looked up has taken over the rows.
    if ([...unknownOwners].some((owner) => candidates.has(owner))) return null;
    for (const owner of unknownOwners) candidates.add(owner);
  }
  return null;
}

/** Returns the steps that store changed sender records, and notify other instances that rows were handed to them. */
export function senderRecordSteps(
  statements: HotStatements,
  channel: string,
  caller: string,
  senders: ReadonlyMap<string, ChatSender>,
  now: number,
): readonly PipelineStep[] {
  const steps: PipelineStep[] = [];
  const changed = [...senders.values()].flatMap(({ key, record }) => (record === null ? [] : [{ key, record }]));
  if (changed.length > 0) steps.push(statements.noteSenders.step(changed, new Date(now).toISOString()));
  const otherOwners = new Set([...senders.values()].map(({ owner }) => owner).filter((owner) => owner !== caller));
  if (otherOwners.size > 0) steps.push(statements.notify.step(channel, [...otherOwners]));
  return steps;
}
