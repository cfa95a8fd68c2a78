import { BotloomError } from '../../../errors/index.ts';
import type { OutboxStore, SendOutcome } from '../../outbox-store.ts';
import type { InstanceStore } from '../../storage.ts';
import { sessionId } from '../../update-batch.ts';
import { chatKeyOf } from '../chat-sender.ts';
import { toOutboxItem, type OutboxColumns } from '../rows/outbox-row.ts';
import { toUtcDay } from '../rows/values.ts';
import { plainArray, textArray } from './array-literal.ts';
import { findSenders, senderRecordSteps } from './chat-senders.ts';
import type { PipelineStep, TextRows } from './pipeline.ts';
import { isRetriable, translatePostgresBatchError, translatePostgresError } from './postgres-errors.ts';
import type { PostgresHotPath } from './postgres-update-store.ts';
import { messageValues, moveSteps } from './write-batch.ts';

const MAX_ATTEMPTS = 5;

/** The outbox on PostgreSQL: one round trip a verb, two for what is enqueued. */
export function createPostgresOutboxStore(
  path: PostgresHotPath,
  instances: Pick<InstanceStore, 'takeOver'>,
): OutboxStore {
  const { connections, statements } = path;
  return {
    async enqueue(owner, message) {
      for (let attempt = 1; ; attempt += 1) {
        try {
          const row = await enqueueOnce(path, owner, message);
          if (row !== null) return row;
        } catch (error) {
          if (attempt < MAX_ATTEMPTS && isRetriable(error)) continue;
          throw translatePostgresError(error);
        }
        if (attempt === MAX_ATTEMPTS)
          throw new BotloomError(
            'STORAGE_UNAVAILABLE',
            'The rows of an instance that is gone could not be taken over just now.',
            { retryAfter: 1 },
          );
        await instances.takeOver(owner);
      }
    },

    async load(owner, after, limit) {
      const [rows = []] = await connections.run({
        statement: statements.loadOutbox,
        values: [owner, String(after?.position ?? -1), String(after?.id ?? -1), String(limit)],
      });
      // The columns are those of the statement.
      return (rows as unknown as readonly OutboxColumns[]).map(toOutboxItem);
    },

    async recordOutcomes(owner, outcomes) {
      const steps = outcomeSteps(path, owner, outcomes);
      if (steps.length === 0) return;
      await connections.run(...steps).catch((error: unknown) => {
        throw translatePostgresBatchError(error);
      });
    },

    async markAttempted(owner, id, is_attempted) {
      await connections.run({ statement: statements.markAttempted, values: [String(id), owner, String(is_attempted)] });
    },

    async findPrevious(id) {
      const [rows = []] = await connections.run({ statement: statements.findPrevious, values: [String(id)] });
      const [found] = rows[0] ?? [];
      return found === undefined || found === null ? null : Number(found);
    },

    async failBlocked(bot_id, chat_id, reason) {
      const chat = [bot_id, String(chat_id)];
      await connections.run(
        { statement: statements.blockUser, values: chat },
        { statement: statements.failChat, values: [...chat, reason] },
        { statement: statements.dropCalls, values: chat },
      );
    },

    async moveChat(bot_id, from_chat_id, to_chat_id) {
      await connections.run(...moveSteps(statements, bot_id, from_chat_id, to_chat_id));
    },

    async backlogOfChat(bot_id, chat_id, most) {
      const [rows = []] = await connections.run({
        statement: statements.backlogOfChat,
        values: [bot_id, String(chat_id), String(most)],
      });
      return Number(rows[0]?.[0]);
    },

    async backlog(owner) {
      const [rows = []] = await connections.run({ statement: statements.backlog, values: [owner] });
      return Number(rows[0]?.[0]);
    },
  };
}

/** Null: an instance that is gone has unsent rows of the chat, which must be taken over first. */
function enqueueOnce(
  { connections, statements, channel }: PostgresHotPath,
  owner: string,
  message: Parameters<OutboxStore['enqueue']>[1],
) {
  const { bot_id, chat_id } = message;
  if (message.send === null || chat_id === null)
    throw new BotloomError('INTERNAL', 'What is to be sent has a chat and a method.');
  const now = Date.now();
  const at = new Date(now).toISOString();
  const key = chatKeyOf(bot_id, chat_id);
  return connections.transaction<Awaited<ReturnType<OutboxStore['enqueue']>> | null>(async (transaction) => {
    const [rows = []] = await transaction.run({
      statement: statements.lockChat,
      values: [bot_id, String(chat_id), String(key.user_id), at],
    });
    const note = { sender: rows[0]?.[0] ?? null, is_given: rows[0]?.[1] === 't' };
    const senders = await findSenders(transaction, statements, owner, [message], new Map([[sessionId(key), note]]));
    const sender = senders?.get(sessionId(key));
    if (senders === null || sender === undefined) return { last: null, result: () => null };
    const count: PipelineStep = { statement: statements.countDay, values: [bot_id, toUtcDay(now)] };
    const last = [
      { statement: statements.writeMessages, values: messageValues([message], () => sender.owner, at) },
      ...senderRecordSteps(statements, channel, owner, senders, now),
      count,
    ];
    const result = ([written]: readonly TextRows[]) => ({
      id: Number(written?.[0]?.[0]),
      owner: sender.owner,
      in_table: sender.in_table,
    });
    return { last, result };
  });
}

/** That something was sent is a fact, whoever owns the row by now; that it failed is only said by its owner. */
function outcomeSteps(
  { statements }: PostgresHotPath,
  owner: string,
  outcomes: readonly SendOutcome[],
): readonly PipelineStep[] {
  const sent: Extract<SendOutcome, { kind: 'sent' }>[] = [];
  const failed: Extract<SendOutcome, { kind: 'failed' }>[] = [];
  const calls: number[] = [];
  for (const outcome of outcomes) {
    if (outcome.source === 'call') calls.push(outcome.id);
    else if (outcome.kind === 'sent') sent.push(outcome);
    else failed.push(outcome);
  }
  const steps: PipelineStep[] = [];
  if (sent.length > 0) {
    const values = [
      plainArray(sent.map(({ id }) => id)),
      plainArray(sent.map((outcome) => outcome.telegram_message_id)),
      plainArray(sent.map((outcome) => outcome.at)),
    ];
    steps.push({ statement: statements.settleSent, values });
  }
  if (failed.length > 0)
    steps.push({
      statement: statements.settleFailed,
      values: [plainArray(failed.map(({ id }) => id)), textArray(failed.map(({ reason }) => reason)), owner],
    });
  if (calls.length > 0) steps.push({ statement: statements.settleCalls, values: [plainArray(calls)] });
  return steps;
}
