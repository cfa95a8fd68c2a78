export { defineStep, type AnyHostStep, type HostStep, type HostStepContext } from './actions/define-step.ts';
export type { StandardResult, StandardSchema } from './actions/standard-schema.ts';
export { confirmWebhook } from './jobs/confirm-webhook.ts';
export { createRuntime, type RuntimeDeps } from './create-runtime.ts';
export { OLD_SECRET_LIFE } from './jobs/kinds/finish-webhook.ts';
export type { RuntimeEventMap, RuntimeEventName, RuntimeListener } from './runtime-events.ts';
export { DEFAULT_RUNTIME_OPTIONS, type RuntimeOptions } from './runtime-options.ts';
export type { CallPlace, CallResult, Role, Runtime, SessionCall, UpdateResult } from './runtime.ts';
export type { CallRecord } from './batch/pending-input.ts';
