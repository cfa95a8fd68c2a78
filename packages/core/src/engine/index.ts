export { advance, type Advance } from './advance.ts';
export type { Delivery, Effect, EffectMap, EffectOf, HttpRequest } from './effect.ts';
export type { Env, EnvUser } from './env.ts';
export type { EngineEvent, EventMap, EventOf, OperatorCommand, Outcome, TimerPurpose } from './event.ts';
export { ENGINE_LIMITS } from './limits.ts';
export { IDLE_SESSION, type AnswerDraft, type Session } from './session.ts';
export { TRACE_KINDS, type TraceEntry, type TraceKind } from './trace.ts';
export { waitOf, WAIT_REASONS, type Wait, type WaitReason } from './wait.ts';
export { versionsNeeded } from './versions-needed.ts';
