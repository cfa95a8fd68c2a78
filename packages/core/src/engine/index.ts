export { advance, versionsNeeded, type Advance, type TraceEntry } from './advance.ts';
export type { Delivery, Effect, EffectMap, EffectOf } from './effect.ts';
export type { Env, EnvUser } from './env.ts';
export type { EngineEvent, EventMap, EventOf } from './event.ts';
export { IDLE_SESSION, type AnswerDraft, type Session } from './session.ts';
