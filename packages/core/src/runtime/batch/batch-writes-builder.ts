import { IDLE_SESSION, type Session, type SessionSummary, type TraceEntry } from '../../engine/index.ts';
import {
  sessionId,
  type BatchUser,
  type BatchWrites,
  type LockedBatch,
  type NewJob,
  type NewMessage,
  type NewOutgoingCall,
  type SessionKey,
} from '../../storage/index.ts';
import type { ParsedUpdate } from '../../telegram/index.ts';
import type { CachedBot } from '../bots/bot-cache.ts';
import type { BatchPlan, CallbackAnswer, FlowFailure } from './batch-plan.ts';
import type { DecideOptions } from './decide-options.ts';
import type { SessionOutcome } from './pending-input.ts';

/** Collects the writes of a batch. Users and sessions change from input to input within a batch. */
export class BatchWritesBuilder {
  readonly options: DecideOptions;
  readonly answers: BatchWrites['answers'][number][] = [];
  readonly flowFailures: FlowFailure[] = [];
  readonly enteredSteps: BatchPlan['enteredSteps'][number][] = [];
  readonly #locked: LockedBatch;
  readonly #sessions = new Map<string, BatchWrites['sessions'][number]>();
  /** Changed users by ID: as they were loaded, and as they are now. */
  readonly #users = new Map<string, { readonly before: BatchUser; readonly after: BatchUser }>();
  readonly #messages: NewMessage[] = [];
  readonly #edits: NewMessage[] = [];
  readonly #calls: NewOutgoingCall[] = [];
  readonly #jobs: NewJob[] = [];
  readonly #callbackAnswers: CallbackAnswer[] = [];
  readonly #handovers: BatchPlan['handovers'][number][] = [];
  readonly #outcomes = new Map<number, readonly SessionOutcome[]>();
  readonly #chatMigrations: BatchWrites['migrated_chats'][number][] = [];
  readonly #seenUserIds = new Set<string>();
  readonly #newUsers: BatchUser[] = [];
  /** Index of the last message that the batch writes, per chat. */
  readonly #lastMessageIndexes = new Map<string, number>();
  readonly #notificationIndexes: number[] = [];
  /** Number of notifications per chat. */
  readonly #notificationCounts = new Map<string, number>();

  constructor(locked: LockedBatch, options: DecideOptions) {
    this.#locked = locked;
    this.options = options;
  }

  get now(): number {
    return this.options.now;
  }

  /** Time at which messages that are written now expire. */
  get messageExpiresAt(): number {
    return this.options.now + this.options.messageTtlMs;
  }

  /** True if sessions of other chats may not write to the chat. Notifications of this batch count. */
  isChatBacklogFull(bot_id: string, chat_id: number): boolean {
    return this.options.isChatBacklogFull(
      bot_id,
      chat_id,
      this.#notificationCounts.get(chatKeyOf({ bot_id, chat_id })) ?? 0,
    );
  }

  /** Returns the user as changed by earlier inputs of the batch. */
  user(found: BatchUser): BatchUser {
    return this.#users.get(found.id)?.after ?? found;
  }

  updateUser(user: BatchUser, change: Pick<BatchUser, 'tags' | 'attributes'>): void {
    const { before } = this.#users.get(user.id) ?? { before: user };
    this.#users.set(user.id, { before, after: { ...user, ...change } });
  }

  sessionOf(key: SessionKey): Session {
    const id = sessionId(key);
    return this.#sessions.get(id)?.session ?? this.#locked.sessions.get(id) ?? IDLE_SESSION;
  }

  setSession(key: SessionKey, session: Session, summary: SessionSummary): void {
    if (session !== this.sessionOf(key)) this.#sessions.set(sessionId(key), { key, session, summary });
  }

  addMessage(row: NewMessage): void {
    this.#lastMessageIndexes.set(chatKeyOf(row), this.#messages.length);
    this.#messages.push(row);
  }

  /** Adds a message to another chat than the one of the session. */
  addNotification(row: NewMessage): void {
    const chat = chatKeyOf(row);
    this.#notificationIndexes.push(this.#messages.length);
    this.#notificationCounts.set(chat, (this.#notificationCounts.get(chat) ?? 0) + 1);
    this.addMessage(row);
  }

  /** Adds a call. It follows the messages that the batch has written to the chat so far. */
  addCall(row: Omit<NewOutgoingCall, 'after_message'>): void {
    this.#calls.push({ ...row, after_message: this.#lastMessageIndexes.get(chatKeyOf(row)) ?? -1 });
  }

  addJob(job: NewJob): void {
    this.#jobs.push(job);
  }

  logUpdate(bot_id: string, user: BatchUser | null, parsed: ParsedUpdate): void {
    if (parsed.log === null) return;
    const { action, type, text, file_id, telegram_message_id, payload } = parsed.log;
    const place = { bot_id, chat_id: parsed.chat?.id ?? null, thread_id: parsed.chat?.thread_id ?? 0 };
    const row: NewMessage = {
      ...place,
      user_id: user?.id ?? null,
      direction: 'incoming',
      type,
      text,
      file_id,
      flow_id: null,
      telegram_message_id,
      payload,
      send: null,
    };
    if (action === 'store') this.addMessage(row);
    else this.#edits.push(row);
  }

  /**
   * Registers a user of the batch: counts new users and requests the profile if it is due. Returns false if the batch
   * has registered this user already.
   */
  registerUser(user: BatchUser, bot: CachedBot): boolean {
    if (this.#seenUserIds.has(user.id)) return false;
    this.#seenUserIds.add(user.id);
    if (user.is_new) this.#newUsers.push(user);
    if (!this.options.shouldReadProfile(user, bot)) return true;
    this.#jobs.push({
      bot_id: user.bot_id,
      kind: 'read_profile',
      payload: { user_id: user.id, chat_id: user.chat_id },
      due_at: this.now,
      key: `read_profile:${user.id}`,
      is_background: true,
    });
    return true;
  }

  answerCallback(bot_id: string, answer: CallbackAnswer['answer']): void {
    this.#callbackAnswers.push({ bot_id, answer });
  }

  /** Records a handover if the trace contains one. Call this for a session that is at a handover step. */
  recordHandover(
    { bot_id, chat_id, thread_id, user_id }: SessionKey,
    user: BatchUser,
    trace: readonly TraceEntry[],
  ): void {
    const entry = trace.find(({ kind }) => kind === 'handed_over');
    if (entry !== undefined)
      this.#handovers.push({
        bot_id,
        user_id: user.id,
        session_id: `${chat_id}_${thread_id}_${user_id}`,
        subject: entry.detail,
      });
  }

  /** Records the result of a job, and the job that stores its idempotency record, if there is one. */
  setOutcomes(index: number, outcomes: readonly SessionOutcome[], record: NewJob | null): void {
    this.#outcomes.set(index, outcomes);
    if (record !== null) this.#jobs.push(record);
  }

  addChatMigration(bot_id: string, chats: { readonly from_chat_id: number; readonly to_chat_id: number }): void {
    this.#chatMigrations.push({ bot_id, ...chats });
  }

  build(): Omit<BatchPlan, 'results'> {
    const writes: BatchWrites = {
      users: [...this.#users.values()].map(({ before, after: { id, bot_id, tags, attributes } }) => ({
        id,
        bot_id,
        tags,
        tags_before: before.tags,
        attributes,
      })),
      sessions: [...this.#sessions.values()],
      answers: this.answers,
      messages: this.#messages,
      edits: this.#edits,
      calls: this.#calls,
      jobs: this.#jobs,
      migrated_chats: this.#chatMigrations,
    };
    return {
      writes,
      outcomes: this.#outcomes,
      callback_answers: this.#callbackAnswers,
      new_users: this.#newUsers,
      handovers: this.#handovers,
      flowFailures: this.flowFailures,
      enteredSteps: this.enteredSteps,
      notificationIndexes: this.#notificationIndexes,
    };
  }
}

function chatKeyOf({ bot_id, chat_id }: Pick<NewMessage, 'bot_id' | 'chat_id'>): string {
  return `${bot_id}:${chat_id}`;
}
