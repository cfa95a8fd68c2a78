import { advance, IDLE_SESSION, versionsNeeded, waitOf, type Effect, type EffectMap, type Session, type TraceEntry, type TraceKind } from '../engine/index.ts';
import {
  sessionId, userId,
  type BatchUser, type BatchWrites, type LockedBatch, type NewJob, type NewMessage, type NewOutgoingCall, type SessionKey,
} from '../storage/index.ts';
import type { ParsedUpdate } from '../telegram/index.ts';
import type { CachedBot } from './bot-cache.ts';
import { claimOf, eventOf, personOf, placesOf } from './input-source.ts';
import { rememberCall } from './jobs/forget-call.ts';
import { sessionJob } from './jobs/session-job.ts';
import type { PendingInput, SessionOutcome, SessionPlace } from './pending-input.ts';
import { PAUSE } from './pause.ts';
import { randomFor } from './random-for.ts';
import type { UpdateResult } from './runtime.ts';
import type { RuntimeEventMap } from './runtime-events.ts';

/** What must be read before the batch can be decided: bots whose revision has moved, and versions that the program lacks. */
export interface Needs {
  readonly bots: ReadonlySet<string>;
  readonly versions: ReadonlyMap<string, ReadonlySet<number>>;
}

export interface CallbackAnswer {
  readonly bot_id: string;
  readonly answer: EffectMap['answer_callback'];
}

export interface Decided {
  readonly writes: BatchWrites;
  /** By index of the updates. */
  readonly results: readonly UpdateResult[];
  /** What jobs did to sessions, by index as well. */
  readonly outcomes: ReadonlyMap<number, readonly SessionOutcome[]>;
  readonly answers: readonly CallbackAnswer[];
  readonly new_users: readonly BatchUser[];
  /** Sessions that are a human's now. */
  readonly handovers: readonly RuntimeEventMap['session.handed_over'][];
  /** What went wrong in flows, for whoever makes them. */
  readonly failures: readonly FlowFailure[];
  /** Messages to other chats than those of the sessions: indexes of `writes.messages`. */
  readonly notified: readonly number[];
}

export interface FlowFailure {
  readonly bot_id: string;
  readonly flow_id: string | null;
  readonly step_id: string | null;
  readonly kind: TraceKind;
  readonly detail: string | null;
}

/** Ends of flows that their makers did not mean. */
const FAILURES: ReadonlySet<TraceKind> = new Set(['step_failed', 'budget_exceeded', 'payment_unhandled']);

/** One update's code threw; the others of the batch are innocent. */
export class PoisonedUpdate extends Error {
  readonly index: number;

  constructor(index: number, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.name = 'PoisonedUpdate';
    this.index = index;
  }
}

/** The batch takes too long: the updates from `index` on become the next one. */
export class BatchTooSlow extends Error {
  readonly index: number;

  constructor(index: number) {
    super(`the batch took too long after ${index} updates`);
    this.name = 'BatchTooSlow';
    this.index = index;
  }
}

export interface DecideOptions {
  readonly now: number;
  readonly messageTtl: number;
  /** Milliseconds of `advance` for the whole batch. */
  readonly batchTime: number;
  readonly monotonic: () => number;
  /** Whether this person's profile is to be read now. */
  readonly wantsProfile: (user: BatchUser, bot: CachedBot) => boolean;
  /** Whether a chat that has so many rows more than are committed takes nothing from elsewhere. */
  readonly isFull: (bot_id: string, chat_id: number, more: number) => boolean;
}

/** What to read before `decideBatch` may run; null when it may. */
export function findNeeds(inputs: readonly PendingInput[], bots: ReadonlyMap<string, CachedBot>, locked: LockedBatch): Needs | null {
  const stale = new Set<string>();
  const versions = new Map<string, Set<number>>();
  for (const [index, { bot_id, source }] of inputs.entries()) {
    const row = locked.bots.get(bot_id);
    const event = eventOf(source);
    if (locked.claimed[index] !== true || row?.is_active !== true) continue;
    const cached = bots.get(bot_id);
    // What has no event goes through no flow: any revision will do, but without the bot it would be dropped.
    if (cached === undefined || (event !== null && cached.revision !== row.revision)) {
      stale.add(bot_id);
      continue;
    }
    if (event === null) continue;
    for (const { key } of placesOf(bot_id, source)) {
      for (const id of versionsNeeded(locked.sessions.get(sessionId(key)) ?? IDLE_SESSION, event)) {
        if (cached.program.versions.has(id) || cached.missing.has(id)) continue;
        versions.set(bot_id, (versions.get(bot_id) ?? new Set()).add(id));
      }
    }
  }
  return stale.size === 0 && versions.size === 0 ? null : { bots: stale, versions };
}

/** What the batch writes. Pure but for the time it is told; throws PoisonedUpdate and BatchTooSlow. */
export function decideBatch(inputs: readonly PendingInput[], bots: ReadonlyMap<string, CachedBot>, locked: LockedBatch, options: DecideOptions): Decided {
  const sheet = new Sheet(locked, options);
  const results: UpdateResult[] = [];
  const start = options.monotonic();
  for (const [index, input] of inputs.entries()) {
    if (index > 0 && options.monotonic() - start > options.batchTime) throw new BatchTooSlow(index);
    results.push(decideOne(sheet, index, input, bots.get(input.bot_id), locked));
  }
  return { ...sheet.finish(), results };
}

function decideOne(sheet: Sheet, index: number, { bot_id, source }: PendingInput, bot: CachedBot | undefined, locked: LockedBatch): UpdateResult {
  if (locked.claimed[index] !== true) return 'duplicate';
  if (locked.bots.get(bot_id)?.is_active !== true || bot === undefined) return 'dropped';
  const person = personOf(source);
  const found = person === null ? null : (locked.users.get(userId(bot_id, person)) ?? null);
  let user = found === null ? null : sheet.user(found);
  let is_first_contact = false;
  if (source.kind === 'update') {
    sheet.log(bot_id, user, source.parsed);
    if (user !== null) is_first_contact = sheet.meet(user, bot) && user.is_new;
    if (source.parsed.migrated !== null) sheet.migrate(bot_id, source.parsed.migrated);
  }
  const event = eventOf(source);
  if (event === null) return 'processed';
  const places = placesOf(bot_id, source);
  if (user === null || places.length === 0) {
    // A button below a message of which only its inline id is known: no chat to talk in, but whoever pressed it waits.
    if (event.kind === 'callback') sheet.answer(bot_id, { query_id: event.query_id, text: null, show_alert: false });
    return 'processed';
  }
  const claim = claimOf(source);
  const name = claim.kind === 'update' ? String(claim.update_id) : `job${claim.job_id}`;
  // SQLite gives a job's number again when it is free; with the time no two events have the same name.
  const event_id = `${name}-${sheet.options.now.toString(36)}`;
  const outcomes: SessionOutcome[] = [];
  const began_at = sheet.options.monotonic();
  const elapsed = (): number => sheet.options.monotonic() - began_at;
  try {
    for (const place of places) {
      const { key, chat_type } = place;
      const chat = { id: key.chat_id, type: chat_type, thread_id: key.thread_id };
      // What it did to the person in one of their chats is known in the next.
      user = sheet.user(user);
      const isFull = (chat_id: number): boolean => sheet.isFull(bot_id, chat_id);
      const env = { event_id, now: sheet.options.now, random: randomFor(bot_id, name), elapsed, is_first_contact, isFull, user, chat };
      const done = advance(bot.program, sheet.session(key), event, env);
      for (const entry of done.trace) if (FAILURES.has(entry.kind)) sheet.failures.push(failureOf(bot, sheet.session(key), entry));
      if (waitOf(done.session)?.reason === 'handover') sheet.noteHandover(key, user, done.trace);
      sheet.move(key, done.session);
      for (const effect of done.effects) sheet.perform(place, user, effect);
      for (const answer of done.answers) sheet.answers.push({ ...answer, key, user_id: user.id });
      if (source.kind === 'job') outcomes.push({ place, session: done.session, trace: done.trace });
    }
  } catch (error) {
    throw new PoisonedUpdate(index, error);
  }
  if (source.kind === 'job') sheet.tell(index, outcomes, source.record === null ? null : rememberCall(bot_id, source.record, outcomes, sheet.options.now));
  return 'processed';
}

/** The flow is the session's, or else the first that has such a step. */
function failureOf({ bot, program }: CachedBot, session: Session, { kind, step_id, detail }: TraceEntry): FlowFailure {
  const own = session.flow_version_id === null ? undefined : program.versions.get(session.flow_version_id);
  const version = [...(own === undefined ? [] : [own]), ...program.versions.values()].find((candidate) => step_id !== null && candidate.program.steps.has(step_id));
  return { bot_id: bot.id, flow_id: version?.flow_id ?? null, step_id, kind, detail };
}

/** Gathers what the batch writes; sessions change from update to update within it. */
class Sheet {
  readonly options: DecideOptions;
  readonly answers: BatchWrites['answers'][number][] = [];
  readonly handovers: Decided['handovers'][number][] = [];
  readonly failures: FlowFailure[] = [];
  readonly notified: number[] = [];
  /** By chat: how many of them. */
  readonly #notifiedOf = new Map<string, number>();
  readonly #outcomes = new Map<number, readonly SessionOutcome[]>();
  readonly #locked: LockedBatch;
  readonly #sessions = new Map<string, { readonly key: SessionKey; readonly session: Session }>();
  /** People whose data have changed, by id: as they were found, and as they are now. */
  readonly #users = new Map<string, { readonly before: BatchUser; readonly after: BatchUser }>();
  readonly #messages: NewMessage[] = [];
  readonly #edits: NewMessage[] = [];
  readonly #calls: NewOutgoingCall[] = [];
  readonly #jobs: NewJob[] = [];
  readonly #callbackAnswers: CallbackAnswer[] = [];
  readonly #migrated: BatchWrites['migrated_chats'][number][] = [];
  readonly #met = new Set<string>();
  readonly #newUsers: BatchUser[] = [];
  /** By chat: index of the last message that the batch writes there. */
  readonly #lastMessage = new Map<string, number>();
  /** A new kind of effect does not compile until it has its row here. */
  readonly #performers: { readonly [Kind in keyof EffectMap]: (place: SessionPlace, user: BatchUser, effect: EffectMap[Kind]) => void } = {
    send: ({ key }, user, effect) => {
      const send = { method: effect.method, delivery: effect.delivery, expires_at: this.options.now + this.options.messageTtl };
      const { type, text, payload, flow_id } = effect;
      this.#write({ ...this.#place(key), user_id: user.id, direction: 'outgoing', type, text, file_id: null, flow_id, telegram_message_id: null, payload, send });
    },
    notify: ({ key: { bot_id } }, _user, { chat_id, thread_id, text, payload, flow_id }) => {
      const send = { method: 'sendMessage', delivery: 'at_least_once', expires_at: this.options.now + this.options.messageTtl } as const;
      const chat = `${bot_id}:${chat_id}`;
      this.notified.push(this.#messages.length);
      this.#notifiedOf.set(chat, (this.#notifiedOf.get(chat) ?? 0) + 1);
      this.#write({ bot_id, chat_id, thread_id, user_id: null, direction: 'outgoing', type: 'text', text, file_id: null, flow_id, telegram_message_id: null, payload, send });
    },
    call: ({ key }, _user, effect) => {
      const { bot_id, chat_id } = key;
      const after_message = this.#lastMessage.get(`${bot_id}:${chat_id}`) ?? -1;
      const payload = effect.pause === undefined ? effect.payload : { ...effect.payload, [PAUSE]: effect.pause };
      this.#calls.push({ bot_id, chat_id, method: effect.method, payload, expires_at: this.options.now + this.options.messageTtl, after_message });
    },
    answer_callback: ({ key }, _user, answer) => {
      this.answer(key.bot_id, answer);
    },
    change_user: (_place, user, { tags, attributes }) => {
      const { before } = this.#users.get(user.id) ?? { before: user };
      this.#users.set(user.id, { before, after: { ...user, tags, attributes } });
    },
    timer: (place, _user, { token, purpose, number, due_at }) => {
      this.#jobs.push(sessionJob('timer', place, { token, purpose, number }, due_at));
    },
    http: (place, _user, { token, request, retries }) => {
      this.#jobs.push(sessionJob('http_request', place, { token, request, retries }, this.options.now));
    },
    refund: (place, _user, { token, user_id, charge }) => {
      this.#jobs.push(sessionJob('refund_payment', place, { token, payer: user_id, charge }, this.options.now));
    },
    action: (place, user, { token, action, input }) => {
      this.#jobs.push(sessionJob('run_action', place, { token, action, input, bot_user_id: user.id }, this.options.now));
    },
  };

  constructor(locked: LockedBatch, options: DecideOptions) {
    this.#locked = locked;
    this.options = options;
  }

  /** Whether a chat takes no message of a session elsewhere: those of this batch count. */
  isFull(bot_id: string, chat_id: number): boolean {
    return this.options.isFull(bot_id, chat_id, this.#notifiedOf.get(`${bot_id}:${chat_id}`) ?? 0);
  }

  /** The person as earlier updates of the batch have left them. */
  user(found: BatchUser): BatchUser {
    return this.#users.get(found.id)?.after ?? found;
  }

  session(key: SessionKey): Session {
    const id = sessionId(key);
    return this.#sessions.get(id)?.session ?? this.#locked.sessions.get(id) ?? IDLE_SESSION;
  }

  move(key: SessionKey, session: Session): void {
    if (session !== this.session(key)) this.#sessions.set(sessionId(key), { key, session });
  }

  perform(place: SessionPlace, user: BatchUser, effect: Effect): void {
    // The table's row for a kind takes the effects of that kind; TypeScript cannot follow the pair through the union.
    const performer = this.#performers[effect.kind] as (place: SessionPlace, user: BatchUser, effect: Effect) => void;
    performer(place, user, effect);
  }

  log(bot_id: string, user: BatchUser | null, parsed: ParsedUpdate): void {
    if (parsed.log === null) return;
    const { action, type, text, file_id, telegram_message_id, payload } = parsed.log;
    const place = { bot_id, chat_id: parsed.chat?.id ?? null, thread_id: parsed.chat?.thread_id ?? 0 };
    const row: NewMessage = { ...place, user_id: user?.id ?? null, direction: 'incoming', type, text, file_id, flow_id: null, telegram_message_id, payload, send: null };
    if (action === 'store') this.#write(row);
    else this.#edits.push(row);
  }

  /** First sight of a person in this batch: is it the first at all, is the profile due? False: the batch has seen them. */
  meet(user: BatchUser, bot: CachedBot): boolean {
    if (this.#met.has(user.id)) return false;
    this.#met.add(user.id);
    if (user.is_new) this.#newUsers.push(user);
    if (!this.options.wantsProfile(user, bot)) return true;
    this.#jobs.push({ bot_id: user.bot_id, kind: 'read_profile', payload: { user_id: user.id, chat_id: user.chat_id }, due_at: this.options.now, key: `read_profile:${user.id}`, is_background: true });
    return true;
  }

  answer(bot_id: string, answer: CallbackAnswer['answer']): void {
    this.#callbackAnswers.push({ bot_id, answer });
  }

  /** A session that stands at a handover: it has just come there if the trace says so. */
  noteHandover({ bot_id, chat_id, thread_id, user_id }: SessionKey, user: BatchUser, trace: readonly TraceEntry[]): void {
    const entry = trace.find(({ kind }) => kind === 'handed_over');
    if (entry !== undefined) this.handovers.push({ bot_id, user_id: user.id, session_id: `${chat_id}_${thread_id}_${user_id}`, subject: entry.detail });
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
      users: [...this.#users.values()].map(({ before, after: { id, bot_id, tags, attributes } }) => ({ id, bot_id, tags, tags_before: before.tags, attributes })),
      sessions: [...this.#sessions.values()],
      answers: this.answers,
      messages: this.#messages,
      edits: this.#edits,
      calls: this.#calls,
      jobs: this.#jobs,
      migrated_chats: this.#migrated,
    };
    return { writes, outcomes: this.#outcomes, answers: this.#callbackAnswers, new_users: this.#newUsers, handovers: this.handovers, failures: this.failures, notified: this.notified };
  }

  #place(key: SessionKey): { readonly bot_id: string; readonly chat_id: number; readonly thread_id: number } {
    return { bot_id: key.bot_id, chat_id: key.chat_id, thread_id: key.thread_id };
  }

  #write(row: NewMessage): void {
    this.#lastMessage.set(`${row.bot_id}:${row.chat_id}`, this.#messages.length);
    this.#messages.push(row);
  }
}
