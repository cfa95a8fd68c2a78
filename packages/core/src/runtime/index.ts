export { defineStep, type AnyHostStep, type HostStep, type HostStepContext } from './actions/define-step.ts';
export type { StandardResult, StandardSchema } from './actions/standard-schema.ts';
export { systemClock, type Clock } from './clock.ts';
export { createRuntime, type RuntimeDeps } from './create-runtime.ts';
export { silentLogger, type Logger } from './logger.ts';
export type { RuntimeEventMap, RuntimeEventName, RuntimeListener } from './runtime-events.ts';
export { createManualClock, type ManualClock } from './manual-clock.ts';
export { DEFAULT_RUNTIME_OPTIONS, type RuntimeOptions } from './runtime-options.ts';
export type { CallPlace, CallResult, Role, Runtime, SessionCall, UpdateResult } from './runtime.ts';
