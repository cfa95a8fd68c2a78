import { matchesFilter, type CallFilter, type RecordedCall } from '../call/call-log.ts';

/** How a call goes wrong. Only `accepted_then_…` faults carry it out. */
export type Fault =
  /** An answer in Telegram's error shape: 429 (with `retry_after` in seconds), 403, 500 … */
  | { status: number; description?: string; retry_after?: number; migrate_to_chat_id?: number }
  /** No answer until the caller gives up. */
  | 'timeout'
  /** The connection is reset. */
  | 'reset'
  /** The call has its effect, then the connection is reset. */
  | 'accepted_then_reset'
  /** The call has its effect, but there is no answer until the caller gives up. */
  | 'accepted_then_timeout'
  /** A 502 with an HTML page. */
  | 'html_502'
  /** A 200 whose body is no JSON. */
  | 'invalid_json';

/** A script: which calls fail, how often, how. */
export interface FaultScript extends CallFilter {
  /** Only calls for which this answers true. */
  when?: (call: RecordedCall) => boolean;
  /** How many calls fail; 1 if not said. `Infinity` lasts until `cancel()`. */
  times?: number;
  with: Fault;
}

/** A script in force. */
export interface ScriptedFault {
  /** How many calls have failed so far. */
  readonly hits: number;
  cancel(): void;
}

/** Added waiting time before a call is carried out. */
export interface LatencyScript extends CallFilter {
  /** Milliseconds. */
  ms: number;
}

export interface FaultPlan {
  fail(script: FaultScript): ScriptedFault;
  delay(script: LatencyScript): ScriptedFault;
  /** The fault for this call, which is thereby used up. */
  take(call: RecordedCall): Fault | undefined;
  latencyOf(call: RecordedCall): number;
  clear(): void;
}

/** Scripts apply in the order in which they were written. */
export function createFaultPlan(): FaultPlan {
  const faults: { script: FaultScript; hits: number }[] = [];
  const delays: { script: LatencyScript; hits: number }[] = [];
  return {
    fail: (script) => put(faults, script),
    delay: (script) => put(delays, script),
    take(call) {
      const entry = faults.find(
        ({ script, hits }) =>
          hits < (script.times ?? 1) && matchesFilter(call, script) && (script.when?.(call) ?? true),
      );
      if (!entry) return undefined;
      entry.hits += 1;
      if (entry.hits >= (entry.script.times ?? 1)) faults.splice(faults.indexOf(entry), 1);
      return entry.script.with;
    },
    latencyOf(call) {
      const entry = delays.find(({ script }) => matchesFilter(call, script));
      if (entry) entry.hits += 1;
      return entry?.script.ms ?? 0;
    },
    clear() {
      faults.length = 0;
      delays.length = 0;
    },
  };
}

function put<T>(list: { script: T; hits: number }[], script: T): ScriptedFault {
  const entry = { script, hits: 0 };
  list.push(entry);
  return {
    get hits() {
      return entry.hits;
    },
    cancel() {
      const index = list.indexOf(entry);
      if (index >= 0) list.splice(index, 1);
    },
  };
}
