import { BotloomError } from '../../../errors/index.ts';
import type { OutboxStore, SendOutcome } from '../../outbox-store.ts';
import type { InstanceStore } from '../../storage.ts';
import { sessionId } from '../../update-batch.ts';
import { chatKeyOf } from '../chat-sender.ts';
import { findSenders, senderRecordSteps } from './chat-senders.ts';
import type { PipelineStep, TextRows } from './pipeline.ts';
import { isRetriable, translatePostgresBatchError, translatePostgresError } from './postgres-errors.ts';
import type { PostgresHotPath } from './postgres-update-store.ts';
import { moveSteps } from './write-batch.ts';

const MAX_ATTEMPTS = 5;

/** Creates the outbox on PostgreSQL. Every method needs one round trip, and `enqueue` two. */
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
            'The rows of an expired instance could not be taken over. Try again later.',
            { retryAfter: 1 },
          );
        await instances.takeOver(owner);
      }
    },

    async load(owner, after, limit) {
      const [rows] = await connections.run(statements.loadOutbox.step(owner, after, limit));
      return statements.loadOutbox.read(rows);
    },

    async recordOutcomes(owner, outcomes) {
      const steps = outcomeSteps(path, owner, outcomes);
      if (steps.length === 0) return;
      await connections.run(...steps).catch((error: unknown) => {
        throw translatePostgresBatchError(error);
      });
    },

    async markAttempted(owner, id, is_attempted) {
      await connections.run(statements.markAttempted.step(id, owner, is_attempted));
    },

    async findPrevious(id) {
      const [rows] = await connections.run(statements.findPrevious.step(id));
      return statements.findPrevious.read(rows);
    },

    async failBlocked(bot_id, chat_id, reason) {
      await connections.run(
        statements.blockUser.step(bot_id, chat_id),
        statements.failChat.step(bot_id, chat_id, reason),
        statements.dropCalls.step(bot_id, chat_id),
      );
    },

    async moveChat(bot_id, from_chat_id, to_chat_id) {
      await connections.run(...moveSteps(statements, bot_id, from_chat_id, to_chat_id));
    },

    async backlogOfChat(bot_id, chat_id, maxRows) {
      const [rows] = await connections.run(statements.backlogOfChat.step(bot_id, chat_id, maxRows));
      return statements.backlogOfChat.read(rows);
    },

    async backlog(owner) {
      const [rows] = await connections.run(statements.backlog.step(owner));
      return statements.backlog.read(rows);
    },
  };
}

/** Returns null if an expired instance has unsent rows of the chat, which must be taken over first. */
function enqueueOnce(
  { connections, statements, channel }: PostgresHotPath,
  owner: string,
  message: Parameters<OutboxStore['enqueue']>[1],
) {
  const { bot_id, chat_id } = message;
  if (message.send === null || chat_id === null)
    throw new BotloomError('INTERNAL', 'An outgoing message must have a chat and a method.');
  const now = Date.now();
  const at = new Date(now).toISOString();
  const key = chatKeyOf(bot_id, chat_id);
  return connections.transaction<Awaited<ReturnType<OutboxStore['enqueue']>> | null>(async (transaction) => {
    const [rows] = await transaction.run(statements.lockChat.step(key, at));
    const records = new Map([[sessionId(key), statements.lockChat.read(rows)]]);
    const senders = await findSenders(transaction, statements, owner, [message], records);
    const sender = senders?.get(sessionId(key));
    if (senders === null || sender === undefined) return { last: null, result: () => null };
    const last = [
      statements.writeMessages.step([{ message, owner: sender.owner }], at),
      ...senderRecordSteps(statements, channel, owner, senders, now),
      statements.countDay.step(bot_id, now),
    ];
    const result = ([written]: readonly TextRows[]) => ({
      id: Number(statements.writeMessages.read(written).messages[0]),
      owner: sender.owner,
      in_table: sender.in_table,
    });
    return { last, result };
  });
}

/**
 * Records a sent message for any owner, because it is a fact. Records a failed one only if the caller still owns it.
 */
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
  if (sent.length > 0) steps.push(statements.settleSent.step(sent));
  if (failed.length > 0) steps.push(statements.settleFailed.step(failed, owner));
  if (calls.length > 0) steps.push(statements.settleCalls.step(calls));
  return steps;
}
