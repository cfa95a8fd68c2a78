import type { BotProgram, CompiledVersion, TemplateScope } from '../../flow/index.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../model/index.ts';
import type { Effect } from '../effect.ts';
import type { Env, EnvUser } from '../env.ts';
import type { EngineEvent } from '../event.ts';
import { ENGINE_LIMITS } from '../limits.ts';
import { interruptedOf, type Interrupted } from '../state/interruption.ts';
import { originOf, type Origin } from '../state/origin.ts';
import type { AnswerDraft, Session } from '../state/session.ts';
import { NO_STACK, stackOf, type Stack } from '../state/stack.ts';
import { stepStateOf } from '../state/step-state.ts';
import { waitOf, type Wait } from '../state/wait.ts';
import type { TraceEntry, TraceKind } from '../trace.ts';

/** One event on its way through one flow: the engine's own, mutable, gone when `advance` returns. */
export interface Run {
  readonly program: BotProgram;
  readonly event: EngineEvent;
  readonly env: Env;
  /** The person, as steps have changed them. */
  user: EnvUser;
  /** As it was given. */
  readonly session: Session;
  /** The flow that the walk is in: calls and jumps change it. */
  version: CompiledVersion;
  readonly effects: Effect[];
  readonly answers: AnswerDraft[];
  readonly trace: TraceEntry[];
  variables: JsonObject;
  /** What the walk comes back to when the flow it is in ends. */
  stack: Stack;
  /** What happened in a chat and started the flow; null: something else did. */
  origin: Origin | null;
  /** What comes back when the flow ends. */
  interrupted: Interrupted | null;
  /** The bot's error flow has begun: what fails now ends it. */
  has_failed: boolean;
  /** How the step waits at which the walk stops; null: for whatever the person does, without a time. */
  wait: Wait | null;
  /** What the step that waits keeps for itself; nothing once another is entered. */
  kept: JsonObject;
  /** The reply keyboard of a question that was left is to go: the next text that can takes it along. */
  closes_keyboard: boolean;
  /** Steps and messages so far. */
  steps: number;
  sends: number;
  /** What the event may take, in milliseconds. */
  time: number;
  /** Why the run must end; null while it need not. */
  exhausted: string | null;
  /** Made when a template first needs it, and anew when a variable changed. */
  scope: TemplateScope | null;
}

/** A walk that begins a flow. */
export function startRun(
  program: BotProgram,
  session: Session,
  event: EngineEvent,
  env: Env,
  version: CompiledVersion,
): Run {
  const run = openRun(program, session, event, env, version, version.program.variables, NO_STACK);
  run.origin = event.kind === 'chat_event' ? event : null;
  run.interrupted = null;
  return run;
}

/** A walk that goes on from where the session waits. */
export function resumeRun(
  program: BotProgram,
  session: Session,
  event: EngineEvent,
  env: Env,
  version: CompiledVersion,
): Run {
  return openRun(program, session, event, env, version, variablesOf(session), stackOf(session));
}

/** A walk with just these variables and this to come back to. */
export function openRun(
  program: BotProgram,
  session: Session,
  event: EngineEvent,
  env: Env,
  version: CompiledVersion,
  variables: JsonObject,
  stack: Stack,
): Run {
  return {
    program,
    event,
    env,
    user: env.user,
    session,
    version,
    effects: [],
    answers: [],
    trace: [],
    variables,
    stack,
    origin: originOf(session),
    interrupted: interruptedOf(session),
    has_failed: false,
    wait: waitOf(session),
    kept: stepStateOf(session),
    closes_keyboard: false,
    steps: 0,
    sends: 0,
    time: ENGINE_LIMITS.time,
    exhausted: null,
    scope: null,
  };
}

export function note(run: Run, kind: TraceKind, step_id: string | null, detail: string | null = null): void {
  run.trace.push({ kind, step_id, detail });
}

export function setVariable(run: Run, name: string, value: JsonValue): void {
  // A computed key defines a property of its own, whatever the name.
  run.variables = { ...run.variables, [name]: value };
  run.scope = null;
}

/** The session's variables, as they were stored. */
export function variablesOf(session: Session): JsonObject {
  const { variables } = session.state;
  return isJsonObject(variables) ? variables : NO_VARIABLES;
}

export const NO_VARIABLES: JsonObject = Object.freeze({});
