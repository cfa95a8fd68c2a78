import { sessionId, type SessionKey } from '../../update-batch.ts';
import {
  chatKeyOf,
  chooseSender,
  needsUnsentCheck,
  NO_SENDER_RECORD,
  type ChatSender,
  type SenderRecord,
} from '../chat-sender.ts';
import { plainArray, textArray } from './array-literal.ts';
import type { HotStatements } from './hot-statements.ts';
import type { PipelineStep } from './pipeline.ts';
import type { PostgresTransaction } from './postgres-connections.ts';

/** Something that is to be sent to a chat. */
interface OutgoingRow {
  readonly bot_id: string;
  readonly chat_id: number | null;
}

/** How often owners that were not known yet may turn up before the batch is begun anew. */
const MAX_OWNER_CHECKS = 3;

/**
 * Finds who sends each chat's new rows; the chats' own rows are locked already. In the common case, the chats were mine before, nothing is read.
 * Otherwise each owner's instance row is share-locked first (a takeover waits for us, or we for it), and then the unsent rows are read with a snapshot
 * that is newer than both locks.
 *
 * @returns by session id of the chat; null when an instance that is gone has unsent rows of one, which must be taken over first
 */
export async function findSenders(
  transaction: PostgresTransaction,
  statements: HotStatements,
  caller: string,
  rows: readonly OutgoingRow[],
  knownRecords: ReadonlyMap<string, SenderRecord>,
): Promise<Map<string, ChatSender> | null> {
  const senders = new Map<string, ChatSender>();
  const toCheck = new Map<string, { readonly key: SessionKey; readonly note: SenderRecord }>();
  for (const { bot_id, chat_id } of rows) {
    if (chat_id === null) continue;
    const key = chatKeyOf(bot_id, chat_id);
    const id = sessionId(key);
    if (senders.has(id) || toCheck.has(id)) continue;
    const note = knownRecords.get(id) ?? NO_SENDER_RECORD;
    if (needsUnsentCheck(caller, note)) toCheck.set(id, { key, note });
    else senders.set(id, chooseSender(caller, key, note, null));
  }
  if (toCheck.size === 0) return senders;
  const unsent = await readUnsent(transaction, statements, caller, [...toCheck.values()]);
  if (unsent === null) return null;
  for (const [id, { key, note }] of toCheck) {
    const owners = unsent.get(`${key.bot_id}:${key.chat_id}`) ?? [];
    senders.set(
      id,
      chooseSender(caller, key, note, {
        other: owners.findLast((owner) => owner !== caller) ?? null,
        mine: owners.includes(caller),
      }),
    );
  }
  return senders;
}

/** Owners of the unsent rows of each chat, the one with the newest row last; all but `me` are alive, and locked so. */
async function readUnsent(
  transaction: PostgresTransaction,
  statements: HotStatements,
  caller: string,
  chats: readonly { readonly key: SessionKey; readonly note: SenderRecord }[],
): Promise<Map<string, string[]> | null> {
  const candidates = new Set(chats.map(({ note }) => note.sender ?? caller));
  const bot_ids = plainArray(chats.map(({ key }) => key.bot_id));
  const chat_ids = plainArray(chats.map(({ key }) => key.chat_id));
  for (let check = 0; check < MAX_OWNER_CHECKS; check += 1) {
    const [alive = [], rows = []] = await transaction.run(
      { statement: statements.lockSenders, values: [textArray([...candidates])] },
      { statement: statements.readUnsent, values: [bot_ids, chat_ids] },
    );
    const liveOwners = new Set(alive.map(([id]) => id));
    const unsent = new Map<string, string[]>();
    const unknownOwners = new Set<string>();
    for (const [bot_id, chat_id, owner] of rows) {
      const chat = `${bot_id ?? ''}:${chat_id ?? ''}`;
      const owners = unsent.get(chat) ?? [];
      unsent.set(chat, owners);
      owners.push(owner ?? '');
      if (owner !== caller && !liveOwners.has(owner ?? '')) unknownOwners.add(owner ?? '');
    }
    if (unknownOwners.size === 0) return unsent;
    // One that was tried and is not alive is gone; one that was not tried yet took the rows over.
    if ([...unknownOwners].some((owner) => candidates.has(owner))) return null;
    for (const owner of unknownOwners) candidates.add(owner);
  }
  return null;
}

/** What is to be noted in the chats' rows, and who is to be told that it was given rows. */
export function senderRecordSteps(
  statements: HotStatements,
  channel: string,
  caller: string,
  senders: ReadonlyMap<string, ChatSender>,
  now: number,
): readonly PipelineStep[] {
  const steps: PipelineStep[] = [];
  const changed = [...senders.values()].flatMap(({ key, record: note }) => (note === null ? [] : [{ key, note }]));
  if (changed.length > 0) {
    steps.push({
      statement: statements.noteSenders,
      values: [
        plainArray(changed.map(({ key }) => key.bot_id)),
        plainArray(changed.map(({ key }) => key.chat_id)),
        plainArray(changed.map(({ key }) => key.user_id)),
        textArray(changed.map(({ note }) => note.sender)),
        plainArray(changed.map(({ note }) => note.is_given)),
        new Date(now).toISOString(),
      ],
    });
  }
  const otherOwners = new Set([...senders.values()].map(({ owner }) => owner).filter((owner) => owner !== caller));
  if (otherOwners.size > 0)
    steps.push({ statement: statements.notify, values: [channel, textArray([...otherOwners])] });
  return steps;
}
