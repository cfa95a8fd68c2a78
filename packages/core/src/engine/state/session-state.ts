import type { JsonObject } from '../../model/index.ts';
import type { EventOf } from '../event.ts';
import type { Wait } from './wait.ts';

/**
 * Position and memory of one person in one chat, as the engine works with it. `advance` reads it from the stored
 * `Session` when it begins (`readState`) and writes it when it ends (`writeState`); nothing else knows the stored
 * shape.
 */
export interface SessionState {
  /** Version of the current flow, to which the session stays pinned; null when it is in no flow. */
  readonly flow_version_id: number | null;
  /** The current step; null when the session is in no flow. */
  readonly step_id: string | null;
  readonly variables: JsonObject;
  /** Loops and calls to return to. */
  readonly stack: Stack;
  /** The current wait, besides waiting for the person; null: the session waits only for the person. */
  readonly wait: Wait | null;
  /** Data of the current step, stored until it is left, such as failed tries or the options chosen so far. */
  readonly step_state: JsonObject;
  /** The chat event that started the flow; null: something else did. Available until the flow ends. */
  readonly origin: OriginEvent | null;
  /** The flow to return to when this one ends. */
  readonly interrupted: InterruptedState | null;
  /** When the last chat events happened that Telegram reports twice. */
  readonly chat_event_times: ChatEventTimes;
}

/** Loops and flows to return to when a flow ends. */
export interface Stack {
  /** Loops of the current flow, the innermost last. */
  readonly rounds: readonly Round[];
  /** Flows that called another, the innermost last. */
  readonly frames: readonly Frame[];
}

/** A loop in progress. A type and no interface, since it is stored as JSON. */
export type Round = {
  readonly step_id: string;
  /** Index of the current item. */
  readonly index: number;
};

/** A flow that called another, as it was at that time. It stays on its version. */
export type Frame = {
  readonly flow_version_id: number;
  /** The step that called. */
  readonly step_id: string;
  readonly variables: JsonObject;
  readonly rounds: readonly Round[];
};

/** The chat event that started a flow. */
export type OriginEvent = EventOf<'chat_event'>;

/**
 * A session that was interrupted, as it was at that time. There is at most one: an interruption of an interruption
 * preserves the first one, so their number cannot grow.
 */
export type InterruptedState = SessionState & { readonly flow_version_id: number; readonly step_id: string };

/** Milliseconds since 1970, by name of the event. */
export type ChatEventTimes = { readonly [Name in OriginEvent['name']]?: number };

export const NO_VARIABLES: JsonObject = Object.freeze({});
export const NO_STEP_STATE: JsonObject = Object.freeze({});
export const NO_STACK: Stack = Object.freeze({ rounds: Object.freeze([]), frames: Object.freeze([]) });
export const NO_EVENT_TIMES: ChatEventTimes = Object.freeze({});

/** A session that is in no flow. */
export const IDLE_STATE: SessionState = Object.freeze({
  flow_version_id: null,
  step_id: null,
  variables: NO_VARIABLES,
  stack: NO_STACK,
  wait: null,
  step_state: NO_STEP_STATE,
  origin: null,
  interrupted: null,
  chat_event_times: NO_EVENT_TIMES,
});
