import type { JsonObject } from '../telegram-objects.ts';

/** One call that the fake received. */
export interface RecordedCall {
  /** 1 for the first call, and so on. */
  readonly seq: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The bot's username. */
  readonly bot: string;
  readonly bot_id: number;
  /** The method in Telegram's spelling. */
  readonly method: string;
  /** The parameters as received, before the check. */
  readonly parameters: Readonly<JsonObject>;
  /** True if the call had its effect. The caller may not know it, if the response was lost. */
  applied: boolean;
  /** The HTTP status of the response; 0 if the call has no response (yet). */
  status: number;
  /** The scripted fault that affected the call. */
  fault: string | undefined;
  result: unknown;
  error_code: number | undefined;
  description: string | undefined;
}

/** Conditions that a call must meet. */
export interface CallFilter {
  method?: string;
  /** A bot, or its username. */
  bot?: { username: string } | string;
  chat_id?: number | string;
}

/** A list that drops its oldest entries when it becomes too long. */
export interface BoundedLog<T> {
  readonly entries: readonly T[];
  add(entry: T): void;
}

/**
 * Creates an empty log.
 *
 * @param limit - number of the newest entries that are never dropped
 */
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

/** Returns true if a call matches a filter. */
export function matchesFilter(call: Pick<RecordedCall, 'method' | 'bot' | 'parameters'>, filter: CallFilter): boolean {
  const username = typeof filter.bot === 'string' ? filter.bot : filter.bot?.username;
  if (filter.method !== undefined && filter.method.toLowerCase() !== call.method.toLowerCase()) return false;
  if (username !== undefined && username.replace(/^@/, '') !== call.bot) return false;
  return filter.chat_id === undefined || String(filter.chat_id) === String(call.parameters.chat_id);
}
