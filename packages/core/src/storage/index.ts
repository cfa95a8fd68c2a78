export type { Job, JobStore, NewJob } from './job-store.ts';
export type { OutboxItem, OutboxStore, SendOutcome } from './outbox-store.ts';
export * from './storage.ts';
export * from './update-batch.ts';
