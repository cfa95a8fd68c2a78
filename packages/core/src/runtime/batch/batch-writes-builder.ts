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
import type { DecideOptions } from './decide-options.ts';
import type { CallbackAnswer, Decided, FlowFailure } from './decided.ts';
import type { SessionOutcome } from './pending-input.ts';

/** Gathers what a batch writes; people and sessions change from update to update within it. */
export class BatchWritesBuilder {
  readonly options: DecideOptions;
  readonly answers: BatchWrites['answers'][number][] = [];
  readonly failures: FlowFailure[] = [];
  readonly entered: Decided['entered'][number][] = [];
  readonly #locked: LockedBatch;
  readonly #sessions = new Map<string, BatchWrites['sessions'][number]>();
  /** People whose data have changed, by id: as they were found, and as they are now. */
  readonly #users = new Map<string, { readonly before: BatchUser; readonly after: BatchUser }>();
  readonly #messages: NewMessage[] = [];
  readonly #edits: NewMessage[] = [];
  readonly #calls: NewOutgoingCall[] = [];
  readonly #jobs: NewJob[] = [];
  readonly #callbackAnswers: CallbackAnswer[] = [];
  readonly #handovers: Decided['handovers'][number][] = [];
  readonly #outcomes = new Map<number, readonly SessionOutcome[]>();
  readonly #migrated: BatchWrites['migrated_chats'][number][] = [];
  readonly #met = new Set<string>();
  readonly #newUsers: BatchUser[] = [];
  /** By chat: index of the last message that the batch writes there. */
  readonly #lastMessage = new Map<string, number>();
  readonly #notified: number[] = [];
  /** By chat: how many of them. */
  readonly #notifiedOf = new Map<string, number>();

  constructor(locked: LockedBatch, options: DecideOptions) {
    this.#locked = locked;
    this.options = options;
  }

  get now(): number {
    return this.options.now;
  }

  /** Until when what is written now is worth sending. */
  get expiry(): number {
    return this.options.now + this.options.messageTtl;
  }

  /** Whether a chat takes no message of a session elsewhere: those of this batch count. */
  isFull(bot_id: string, chat_id: number): boolean {
    return this.options.isFull(bot_id, chat_id, this.#notifiedOf.get(chatOf({ bot_id, chat_id })) ?? 0);
  }

  /** The person as earlier updates of the batch have left them. */
  user(found: BatchUser): BatchUser {
    return this.#users.get(found.id)?.after ?? found;
  }

  changeUser(user: BatchUser, change: Pick<BatchUser, 'tags' | 'attributes'>): void {
    const { before } = this.#users.get(user.id) ?? { before: user };
    this.#users.set(user.id, { before, after: { ...user, ...change } });
  }

  session(key: SessionKey): Session {
    const id = sessionId(key);
    return this.#sessions.get(id)?.session ?? this.#locked.sessions.get(id) ?? IDLE_SESSION;
  }

  move(key: SessionKey, session: Session, summary: SessionSummary): void {
    if (session !== this.session(key)) this.#sessions.set(sessionId(key), { key, session, summary });
  }

  write(row: NewMessage): void {
    this.#lastMessage.set(chatOf(row), this.#messages.length);
    this.#messages.push(row);
  }

  /** Writes a message to another chat than the session's. */
  notify(row: NewMessage): void {
    const chat = chatOf(row);
    this.#notified.push(this.#messages.length);
    this.#notifiedOf.set(chat, (this.#notifiedOf.get(chat) ?? 0) + 1);
    this.write(row);
  }

  /** It comes after the messages that the batch has written to the chat so far. */
  call(row: Omit<NewOutgoingCall, 'after_message'>): void {
    this.#calls.push({ ...row, after_message: this.#lastMessage.get(chatOf(row)) ?? -1 });
  }

  add(job: NewJob): void {
    this.#jobs.push(job);
  }

  log(bot_id: string, user: BatchUser | null, parsed: ParsedUpdate): void {
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
    if (action === 'store') this.write(row);
    else this.#edits.push(row);
  }

  /** First sight of a person in this batch: is it the first at all, is the profile due? False: the batch has seen them. */
  meet(user: BatchUser, bot: CachedBot): boolean {
    if (this.#met.has(user.id)) return false;
    this.#met.add(user.id);
    if (user.is_new) this.#newUsers.push(user);
    if (!this.options.wantsProfile(user, bot)) return true;
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

  answer(bot_id: string, answer: CallbackAnswer['answer']): void {
    this.#callbackAnswers.push({ bot_id, answer });
  }

  /** A session that stands at a handover: it has just come there if the trace says so. */
  noteHandover(
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

  /** What a job did, and the job that remembers it, if any is to. */
  tell(index: number, outcomes: readonly SessionOutcome[], record: NewJob | null): void {
    this.#outcomes.set(index, outcomes);
    if (record !== null) this.#jobs.push(record);
  }

  migrate(bot_id: string, chats: { readonly from_chat_id: number; readonly to_chat_id: number }): void {
    this.#migrated.push({ bot_id, ...chats });
  }

  finish(): Omit<Decided, 'results'> {
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
      migrated_chats: this.#migrated,
    };
    return {
      writes,
      outcomes: this.#outcomes,
      answers: this.#callbackAnswers,
      new_users: this.#newUsers,
      handovers: this.#handovers,
      failures: this.failures,
      entered: this.entered,
      notified: this.#notified,
    };
  }
}

function chatOf({ bot_id, chat_id }: Pick<NewMessage, 'bot_id' | 'chat_id'>): string {
  return `${bot_id}:${chat_id}`;
}
