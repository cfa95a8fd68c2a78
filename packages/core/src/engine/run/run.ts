import type { BotProgram, CompiledVersion, TemplateScope } from '../../flow/index.ts';
import type { JsonObject, JsonValue } from '../../model/index.ts';
import type { Effect } from '../effect.ts';
import type { Env, EnvUser } from '../env.ts';
import type { EventContext } from '../event-context.ts';
import type { EngineEvent } from '../event.ts';
import { ENGINE_LIMITS } from '../limits.ts';
import {
  NO_STACK,
  type InterruptedState,
  type OriginEvent,
  type SessionState,
  type Stack,
} from '../state/session-state.ts';
import type { AnswerDraft } from '../state/session.ts';
import type { Wait } from '../state/wait.ts';
import type { TraceEntry, TraceKind } from '../trace.ts';

/** The processing of one event in one flow: mutable, private to the engine, dropped when `advance` returns. */
export interface Run {
  readonly program: BotProgram;
  readonly event: EngineEvent;
  readonly env: Env;
  /** The session as the event found it. */
  readonly session: SessionState;
  /** The person, with the changes that steps have made. */
  user: EnvUser;
  /** The current flow: calls and jumps change it. */
  version: CompiledVersion;
  readonly effects: Effect[];
  readonly answers: AnswerDraft[];
  readonly trace: TraceEntry[];
  variables: JsonObject;
  /** Loops and calls to return to when the current flow ends. */
  stack: Stack;
  /** The chat event that started the flow; null: something else did. */
  origin: OriginEvent | null;
  /** The flow to return to when this one ends. */
  interrupted: InterruptedState | null;
  /** True once the bot's error flow has started: another failure ends it. */
  is_in_error_flow: boolean;
  /** The wait of the step at which the run stops; null: only for the person, without a time limit. */
  wait: Wait | null;
  /** Data that the waiting step stores; empty once another step is entered. */
  step_state: JsonObject;
  /** True if the next text that can do so removes the reply keyboard of a question that was left. */
  must_remove_keyboard: boolean;
  /** Steps and messages so far. */
  step_count: number;
  send_count: number;
  /** Time budget of the event, in milliseconds. */
  time_limit_ms: number;
  /** Why the run must end; null: it may continue. */
  exceeded_limit: string | null;
  /** Created when a template first needs it, and again after a variable has changed. */
  scope: TemplateScope | null;
}

/** Returns a run that starts a flow. */
export function startRun(context: EventContext, version: CompiledVersion): Run {
  const { event } = context;
  const run = createRun(context, { version, variables: version.program.variables, stack: NO_STACK });
  run.origin = event.kind === 'chat_event' ? event : null;
  run.interrupted = null;
  return run;
}

/** Returns a run that continues from where the session waits. */
export function resumeRun(context: EventContext, version: CompiledVersion): Run {
  return createRun(context, { version });
}

/** Start of a run. Variables and stack default to those of the session. */
export interface RunStart {
  readonly version: CompiledVersion;
  readonly variables?: JsonObject;
  readonly stack?: Stack;
}

/** Returns a run with the session's data, except what the start sets. */
export function createRun({ program, session, event, env }: EventContext, start: RunStart): Run {
  return {
    program,
    event,
    env,
    session,
    user: env.user,
    version: start.version,
    effects: [],
    answers: [],
    trace: [],
    variables: start.variables ?? session.variables,
    stack: start.stack ?? session.stack,
    origin: session.origin,
    interrupted: session.interrupted,
    is_in_error_flow: false,
    wait: session.wait,
    step_state: session.step_state,
    must_remove_keyboard: false,
    step_count: 0,
    send_count: 0,
    time_limit_ms: ENGINE_LIMITS.time_ms,
    exceeded_limit: null,
    scope: null,
  };
}

/** Adds an entry to the trace. */
export function addTrace(run: Run, kind: TraceKind, step_id: string | null, detail: string | null = null): void {
  run.trace.push({ kind, step_id, detail });
}

export function setVariable(run: Run, name: string, value: JsonValue): void {
  // A computed key defines an own property, whatever the name.
  run.variables = { ...run.variables, [name]: value };
  run.scope = null;
}
