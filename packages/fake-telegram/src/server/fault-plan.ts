import { matchesFilter, type CallFilter, type RecordedCall } from '../call/call-log.ts';

/** A fault of a call. Only calls with an `accepted_then_…` fault have their effect. */
export type Fault =
  /** A response in Telegram's error format: 429 (with `retry_after` in seconds), 403, 500 … */
  | { status: number; description?: string; retry_after?: number; migrate_to_chat_id?: number }
  /** No response until the caller closes the connection. */
  | 'timeout'
  /** The connection is reset. */
  | 'reset'
  /** The call has its effect, then the connection is reset. */
  | 'accepted_then_reset'
  /** The call has its effect, but there is no response until the caller closes the connection. */
  | 'accepted_then_timeout'
  /** A 502 with an HTML page. */
  | 'html_502'
  /** A 200 whose body is not valid JSON. */
  | 'invalid_json';

/** A scripted fault: the calls that fail, their number, and the kind of fault. */
export interface FaultScript extends CallFilter {
  /** Selects calls, in addition to the other conditions. */
  when?: (call: RecordedCall) => boolean;
  /** Number of calls that fail; 1 by default. `Infinity` lasts until `cancel()`. */
  times?: number;
  with: Fault;
}

/** A script that is active. */
export interface ScriptedFault {
  /** Number of calls that the script has affected. */
  readonly hits: number;
  cancel(): void;
}

/** A delay before a call is executed. */
export interface LatencyScript extends CallFilter {
  /** Milliseconds. */
  ms: number;
}

export interface FaultPlan {
  fail(script: FaultScript): ScriptedFault;
  delay(script: LatencyScript): ScriptedFault;
  /** Returns the fault for this call, and counts it as used. */
  take(call: RecordedCall): Fault | undefined;
  latencyOf(call: RecordedCall): number;
  clear(): void;
}

/** Creates an empty plan. Scripts apply in the order in which they are added. */
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
