export type { AnswerFilter, AnswerStore } from './answer-store.ts';
export type { BotChange, BotSecrets, BotStore, LoadedBot, NewBot } from './bot-store.ts';
export { encodeCursor, decodeCursor } from './cursor.ts';
export type { DeadLetter, DeadLetterStore } from './dead-letter-store.ts';
export type { FlowChange, FlowStore, NewFlow } from './flow-store.ts';
export type { FollowUpJobs, Job, JobOutcome, JobStore, NewJob, ProfileChange } from './job-store.ts';
export type { MessageFilter, MessageStore } from './message-store.ts';
export { FAILED_SEND_JOB, type OutboxItem, type OutboxStore, type SendOutcome } from './outbox-store.ts';
export { createSecretBox, type SecretBox, type SecretLocation } from './secret-box.ts';
export type { SessionFilter, SessionStore } from './session-store.ts';
export type { StorageContext, StorageFactory } from './storage-factory.ts';
export {
  BatchDataError,
  type ApiKeyStore,
  type InstanceStore,
  type MaintenanceStore,
  type SecretStore,
  type Storage,
  type UpdateStore,
} from './storage.ts';
export {
  chatSessionKey,
  sessionId,
  userId,
  type BatchDecision,
  type BatchInput,
  type BatchOutcome,
  type BatchUser,
  type BatchWrites,
  type Claim,
  type LockedBatch,
  type NewMessage,
  type NewOutgoingCall,
  type SessionKey,
  type UserUpsert,
} from './update-batch.ts';
export type { FoundUpload, NewUpload, TelegramFileId, UploadStore } from './upload-store.ts';
export type { UserFilter, UserStore } from './user-store.ts';
export { webhookSecretDigest } from './webhook-secret-digest.ts';
