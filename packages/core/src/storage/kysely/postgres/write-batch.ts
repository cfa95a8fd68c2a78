import { BotloomError } from '../../../errors/index.ts';
import { sessionId, type BatchOutcome, type BatchWrites } from '../../update-batch.ts';
import { chatKeyOf, type ChatSender } from '../chat-sender.ts';
import { diffTags } from '../diff-tags.ts';
import type { HotStatements } from './hot-statements.ts';
import type { BotCount } from './lock-batch.ts';
import type { WrittenRows } from './message-statements.ts';
import type { PipelineStep, TextRows } from './pipeline.ts';
import type { CounterRow } from './write-statements.ts';

/** The sender of each chat, by session ID of the chat. */
type Senders = ReadonlyMap<string, ChatSender>;

export interface WritePlan {
  /** Only steps that have something to write. */
  readonly steps: readonly PipelineStep[];
  /** Returns the outcome of the batch, from the rows of the steps. */
  readonly outcome: (results: readonly TextRows[]) => BatchOutcome;
}

/** Plans the statements that write a batch, in the order in which every writer locks rows. The counters are last. */
export function planWrites(
  statements: HotStatements,
  writes: BatchWrites,
  senders: Senders,
  counts: ReadonlyMap<string, BotCount>,
  now: number,
): WritePlan {
  const at = new Date(now).toISOString();
  const steps: PipelineStep[] = [];
  if (writes.users.length > 0) steps.push(usersStep(statements, writes));
  if (writes.sessions.length > 0) steps.push(statements.writeSessions.step(writes.sessions, at));
  if (writes.answers.length > 0) steps.push(statements.writeAnswers.step(writes.answers, at));
  for (const { bot_id, from_chat_id, to_chat_id } of writes.migrated_chats)
    steps.push(...moveSteps(statements, bot_id, from_chat_id, to_chat_id));
  const messages = messagesStep(statements, writes, senders, at);
  const messagesIndex = steps.length;
  if (messages !== null) steps.push(messages.step);
  for (const edit of writes.edits) steps.push(statements.writeEdit.step(edit, at));
  if (writes.jobs.length > 0) steps.push(statements.addJobs.step(writes.jobs));
  if (counts.size > 0) steps.push(statements.count.step(counterRows(writes, counts), now));
  const readWritten = (results: readonly TextRows[]): WrittenRows =>
    messages === null ? { messages: [], calls: [] } : messages.read(results[messagesIndex]);
  return { steps, outcome: (results) => toOutcome(writes, senders, readWritten(results)) };
}

/** Moves the queued rows of a chat to another one: a group that became a supergroup. */
export function moveSteps(
  { moveMessages, moveCalls }: HotStatements,
  bot_id: string,
  from_chat_id: number,
  to_chat_id: number,
): readonly PipelineStep[] {
  return [moveMessages.step(bot_id, from_chat_id, to_chat_id), moveCalls.step(bot_id, from_chat_id, to_chat_id)];
}

function usersStep({ writeUsers }: HotStatements, { users }: BatchWrites): PipelineStep {
  const changes = users.map((user) => ({ user, tags: diffTags(user) }));
  const removed = changes.flatMap(({ user, tags }) => tags.removed.map((tag) => ({ ...user, tag })));
  const added = changes.flatMap(({ user, tags }) => tags.added.map((tag) => ({ ...user, tag })));
  return writeUsers.step(users, removed, added);
}

/** Null if the batch has neither messages nor calls. */
function messagesStep(
  { writeMessages, writeMessagesAndCalls }: HotStatements,
  { messages, calls }: BatchWrites,
  senders: Senders,
  at: string,
): { readonly step: PipelineStep; readonly read: (rows: TextRows | undefined) => WrittenRows } | null {
  if (messages.length === 0 && calls.length === 0) return null;
  const messageRows = messages.map((message) => ({
    message,
    owner: message.send === null ? null : senderOf(senders, message).owner,
  }));
  if (calls.length === 0) return { step: writeMessages.step(messageRows, at), read: writeMessages.read };
  const callRows = calls.map((call) => ({ call, owner: senderOf(senders, call).owner }));
  return { step: writeMessagesAndCalls.step(messageRows, at, callRows), read: writeMessagesAndCalls.read };
}

function counterRows({ messages }: BatchWrites, counts: ReadonlyMap<string, BotCount>): readonly CounterRow[] {
  const days = new Map<string, { incoming: number; outgoing: number }>();
  for (const { bot_id, direction } of messages) {
    const day = days.get(bot_id) ?? { incoming: 0, outgoing: 0 };
    days.set(bot_id, day);
    day[direction] += 1;
  }
  const bots = new Set([...counts.keys(), ...days.keys()]);
  return Array.from(bots, (bot_id) => {
    const { users = 0, requests = 0 } = counts.get(bot_id) ?? {};
    const { incoming = 0, outgoing = 0 } = days.get(bot_id) ?? {};
    return { bot_id, users, requests, incoming, outgoing };
  });
}

function toOutcome({ messages, calls }: BatchWrites, senders: Senders, written: WrittenRows): BatchOutcome {
  return {
    kind: 'committed',
    messages: messages.map((message, index) => {
      const sender = message.send === null ? null : senderOf(senders, message);
      return {
        id: Number(written.messages[index]),
        owner: sender?.owner ?? null,
        in_table: sender?.in_table ?? false,
      };
    }),
    calls: calls.map((call, index) => {
      const { owner, in_table } = senderOf(senders, call);
      const { id, position } = written.calls[index] ?? { id: Number.NaN, position: Number.NaN };
      return { id, position, owner, in_table };
    }),
  };
}

/** @throws INTERNAL - when an outgoing row has no chat: it would never be sent */
function senderOf(
  senders: Senders,
  { bot_id, chat_id }: { readonly bot_id: string; readonly chat_id: number | null },
): ChatSender {
  const sender = chat_id === null ? undefined : senders.get(sessionId(chatKeyOf(bot_id, chat_id)));
  if (sender === undefined) throw new BotloomError('INTERNAL', 'An outgoing message or call has no chat.');
  return sender;
}
