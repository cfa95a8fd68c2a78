import type { JsonObject } from '../telegram-objects.ts';

/** One call that reached the fake, in the order of arrival. */
export interface RecordedCall {
  /** 1 for the first call, and so on. */
  readonly seq: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The bot's username. */
  readonly bot: string;
  readonly bot_id: number;
  /** In Telegram's spelling. */
  readonly method: string;
  /** As given, before they were checked. */
  readonly parameters: Readonly<JsonObject>;
  /** Whether the call had its effect. With `applied` and no good answer the caller cannot know. */
  applied: boolean;
  /** The HTTP status the caller got; 0 while it waits and when it got none. */
  status: number;
  /** The scripted fault that hit the call. */
  fault: string | undefined;
  result: unknown;
  error_code: number | undefined;
  description: string | undefined;
}

/** Which calls to look at. */
export interface CallFilter {
  method?: string;
  /** A bot, or its username. */
  bot?: { username: string } | string;
  chat_id?: number | string;
}

/** A list that forgets its oldest entries when it grows too long. */
export interface BoundedLog<T> {
  readonly entries: readonly T[];
  add(entry: T): void;
}

/** @param limit - how many entries are kept at least */
export function createBoundedLog<T>(limit: number): BoundedLog<T> {
  const entries: T[] = [];
  return {
    entries,
    add(entry) {
      entries.push(entry);
      if (entries.length > limit * 1.5) entries.splice(0, entries.length - limit);
    },
  };
}

/** Whether a call passes a filter. */
export function matchesFilter(call: Pick<RecordedCall, 'method' | 'bot' | 'parameters'>, filter: CallFilter): boolean {
  const username = typeof filter.bot === 'string' ? filter.bot : filter.bot?.username;
  if (filter.method !== undefined && filter.method.toLowerCase() !== call.method.toLowerCase()) return false;
  if (username !== undefined && username.replace(/^@/, '') !== call.bot) return false;
  return filter.chat_id === undefined || String(filter.chat_id) === String(call.parameters.chat_id);
}
