import { BotloomError } from '../../../errors/index.ts';
import { sessionId, type BatchOutcome, type BatchWrites, type NewMessage } from '../../update-batch.ts';
import { chatKeyOf, type ChatSender } from '../chat-sender.ts';
import { diffTags } from '../diff-tags.ts';
import { isUuid, toUtcDay } from '../rows/values.ts';
import { plainArray, textArray } from './array-literal.ts';
import type { HotStatements } from './hot-statements.ts';
import type { PipelineStep, TextRows } from './pipeline.ts';

type Senders = ReadonlyMap<string, ChatSender>;

export interface WritePlan {
  /** Before the counters; nothing that has nothing to write. */
  readonly steps: readonly PipelineStep[];
  /** Makes the outcome of the rows that the steps gave. */
  readonly outcome: (results: readonly TextRows[]) => BatchOutcome;
}

/** The statements that write what was decided, in the order in which everybody takes locks. */
export function planWrites(
  statements: HotStatements,
  writes: BatchWrites,
  senders: Senders,
  counts: ReadonlyMap<string, { requests: number; users: number }>,
  now: number,
): WritePlan {
  const at = new Date(now).toISOString();
  const steps: PipelineStep[] = [];
  if (writes.users.length > 0) steps.push(usersStep(statements, writes));
  if (writes.sessions.length > 0) steps.push(sessionsStep(statements, writes, at));
  if (writes.answers.length > 0) steps.push(answersStep(statements, writes, at));
  for (const { bot_id, from_chat_id, to_chat_id } of writes.migrated_chats)
    steps.push(...moveSteps(statements, bot_id, from_chat_id, to_chat_id));
  const messagesStepIndex = steps.length;
  if (writes.messages.length > 0 || writes.calls.length > 0) steps.push(messagesStep(statements, writes, senders, at));
  for (const edit of writes.edits) steps.push(editStep(statements, edit, at));
  if (writes.jobs.length > 0) steps.push(jobsStep(statements, writes));
  if (counts.size > 0) steps.push(countStep(statements, writes, counts, now));
  return { steps, outcome: (results) => readOutcome(writes, senders, results[messagesStepIndex] ?? []) };
}

export function moveSteps(
  statements: HotStatements,
  bot_id: string,
  from_chat_id: number,
  to_chat_id: number,
): readonly PipelineStep[] {
  const values = [bot_id, String(from_chat_id), String(to_chat_id)];
  return [
    { statement: statements.moveMessages, values },
    { statement: statements.moveCalls, values },
  ];
}

/** Parameters of messages that are added, as `writeMessagesSql` names them. */
export function messageValues(
  messages: readonly NewMessage[],
  ownerOf: (message: NewMessage) => string | null,
  at: string,
): readonly string[] {
  return [
    plainArray(messages.map(({ bot_id }) => bot_id)),
    plainArray(messages.map(({ user_id }) => user_id)),
    plainArray(messages.map(({ chat_id }) => chat_id)),
    plainArray(messages.map(({ thread_id }) => thread_id)),
    plainArray(messages.map(({ direction }) => direction)),
    textArray(messages.map(({ type }) => type)),
    textArray(messages.map(({ text }) => text)),
    textArray(messages.map(({ file_id }) => file_id)),
    plainArray(messages.map(({ flow_id }) => flow_id)),
    plainArray(messages.map(({ telegram_message_id }) => telegram_message_id)),
    textArray(messages.map(({ payload }) => (payload === null ? null : JSON.stringify(payload)))),
    textArray(messages.map(ownerOf)),
    textArray(messages.map(({ send }) => send?.method ?? null)),
    plainArray(messages.map(({ send }) => send?.delivery ?? null)),
    plainArray(messages.map(({ send }) => send?.expires_at ?? null)),
    textArray(messages.map(({ send }) => (send?.on_failure === undefined ? null : JSON.stringify(send.on_failure)))),
    at,
  ];
}

function usersStep(statements: HotStatements, { users }: BatchWrites): PipelineStep {
  const added = users.flatMap((user) => diffTags(user).added.map((tag) => ({ ...user, tag })));
  const removed = users.flatMap((user) => diffTags(user).removed.map((tag) => ({ ...user, tag })));
  return {
    statement: statements.writeUsers,
    values: [
      plainArray(users.map(({ id }) => id)),
      textArray(users.map(({ tags }) => JSON.stringify(tags))),
      textArray(users.map(({ attributes }) => JSON.stringify(attributes))),
      ...[removed, added].flatMap((rows) => [
        plainArray(rows.map(({ bot_id }) => bot_id)),
        textArray(rows.map(({ tag }) => tag)),
        plainArray(rows.map(({ id }) => id)),
      ]),
    ],
  };
}

function sessionsStep(statements: HotStatements, { sessions }: BatchWrites, at: string): PipelineStep {
  return {
    statement: statements.writeSessions,
    values: [
      plainArray(sessions.map(({ key }) => key.bot_id)),
      plainArray(sessions.map(({ key }) => key.chat_id)),
      plainArray(sessions.map(({ key }) => key.thread_id)),
      plainArray(sessions.map(({ key }) => key.user_id)),
      plainArray(sessions.map(({ session }) => session.flow_version_id)),
      textArray(sessions.map(({ session }) => session.step_id)),
      textArray(sessions.map(({ session }) => JSON.stringify(session.state))),
      plainArray(sessions.map(({ summary }) => summary.wait_reason)),
      textArray(sessions.map(({ summary }) => summary.wait_subject)),
      plainArray(sessions.map(({ summary }) => summary.deadline)),
      at,
    ],
  };
}

function answersStep(statements: HotStatements, { answers }: BatchWrites, at: string): PipelineStep {
  return {
    statement: statements.writeAnswers,
    values: [
      plainArray(answers.map(({ key }) => key.bot_id)),
      plainArray(answers.map(({ user_id }) => user_id)),
      plainArray(answers.map(({ key }) => key.chat_id)),
      plainArray(answers.map(({ key }) => key.thread_id)),
      plainArray(answers.map(({ flow_id }) => flow_id)),
      plainArray(answers.map(({ flow_version_id }) => flow_version_id)),
      textArray(answers.map(({ step_id }) => step_id)),
      textArray(answers.map(({ variable }) => variable)),
      textArray(answers.map(({ value }) => JSON.stringify(value))),
      at,
    ],
  };
}

function messagesStep(
  statements: HotStatements,
  { messages, calls }: BatchWrites,
  senders: Senders,
  at: string,
): PipelineStep {
  const values = messageValues(
    messages,
    (message) => (message.send === null ? null : senderOf(senders, message).owner),
    at,
  );
  if (calls.length === 0) return { statement: statements.writeMessages, values };
  return {
    statement: statements.writeMessagesAndCalls,
    values: [
      ...values,
      plainArray(calls.map(({ bot_id }) => bot_id)),
      plainArray(calls.map(({ chat_id }) => chat_id)),
      textArray(calls.map(({ method }) => method)),
      textArray(calls.map(({ payload }) => JSON.stringify(payload))),
      plainArray(calls.map(({ expires_at }) => expires_at)),
      textArray(calls.map((call) => senderOf(senders, call).owner)),
      plainArray(calls.map(({ after_message }) => after_message)),
    ],
  };
}

function editStep(
  statements: HotStatements,
  { bot_id, chat_id, telegram_message_id, type, text, file_id, payload, user_id, thread_id }: NewMessage,
  at: string,
): PipelineStep {
  const stored = payload === null ? null : JSON.stringify(payload);
  return {
    statement: statements.writeEdit,
    values: [
      bot_id,
      toText(chat_id),
      toText(telegram_message_id),
      type,
      text,
      file_id,
      stored,
      user_id,
      String(thread_id),
      at,
    ],
  };
}

function jobsStep(statements: HotStatements, { jobs }: BatchWrites): PipelineStep {
  return {
    statement: statements.addJobs,
    values: [
      plainArray(jobs.map(({ bot_id }) => (bot_id !== null && isUuid(bot_id) ? bot_id : null))),
      textArray(jobs.map(({ kind }) => kind)),
      textArray(jobs.map(({ payload }) => JSON.stringify(payload))),
      plainArray(jobs.map(({ due_at }) => due_at)),
      textArray(jobs.map(({ key }) => key)),
      plainArray(jobs.map(({ is_background = false }) => is_background)),
    ],
  };
}

function countStep(
  statements: HotStatements,
  { messages }: BatchWrites,
  counts: ReadonlyMap<string, { requests: number; users: number }>,
  now: number,
): PipelineStep {
  const days = new Map<string, { incoming: number; outgoing: number }>();
  for (const { bot_id, direction } of messages) {
    const day = days.get(bot_id) ?? { incoming: 0, outgoing: 0 };
    days.set(bot_id, day);
    day[direction] += 1;
  }
  const bots = [...new Set([...counts.keys(), ...days.keys()])];
  return {
    statement: statements.count,
    values: [
      plainArray(bots),
      plainArray(bots.map((bot) => counts.get(bot)?.users ?? 0)),
      plainArray(bots.map((bot) => counts.get(bot)?.requests ?? 0)),
      plainArray(bots.map((bot) => days.get(bot)?.incoming ?? 0)),
      plainArray(bots.map((bot) => days.get(bot)?.outgoing ?? 0)),
      toUtcDay(now),
      new Date(now).toISOString(),
    ],
  };
}

function readOutcome({ messages, calls }: BatchWrites, senders: Senders, rows: TextRows): BatchOutcome {
  const ids = calls.length === 0 ? rows.map(([id]) => id) : rows.filter(([kind]) => kind === 'm').map(([, id]) => id);
  const places = calls.length === 0 ? [] : rows.filter(([kind]) => kind === 'c');
  return {
    kind: 'committed',
    messages: messages.map((message, index) => {
      const sender = message.send === null ? null : senderOf(senders, message);
      return { id: Number(ids[index]), owner: sender?.owner ?? null, in_table: sender?.in_table ?? false };
    }),
    calls: calls.map((call, index) => {
      const { owner, in_table } = senderOf(senders, call);
      return { id: Number(places[index]?.[1]), position: Number(places[index]?.[2]), owner, in_table };
    }),
  };
}

/** Raises an error for something to send without a chat: it would never be sent. */
function senderOf(
  senders: Senders,
  { bot_id, chat_id }: { readonly bot_id: string; readonly chat_id: number | null },
): ChatSender {
  const sender = chat_id === null ? undefined : senders.get(sessionId(chatKeyOf(bot_id, chat_id)));
  if (sender === undefined) throw new BotloomError('INTERNAL', 'What is to be sent has no chat.');
  return sender;
}

function toText(value: number | null): string | null {
  return value === null ? null : String(value);
}
