export type { AnswerFilter, AnswerStore } from './answer-store.ts';
export { encodeCursor, decodeCursor } from './cursor.ts';
export type { FollowUpJobs, Job, JobOutcome, JobStore, NewJob, ProfileChange } from './job-store.ts';
export { FAILED_SEND_JOB, type OutboxItem, type OutboxStore, type SendOutcome } from './outbox-store.ts';
export { createSecretBox, type SecretBox, type SecretLocation } from './secret-box.ts';
export type { StorageContext, StorageFactory } from './storage-factory.ts';
export {
  BatchDataError,
  type ApiKeyStore,
  type BotChange,
  type BotSecrets,
  type BotStore,
  type DeadLetter,
  type DeadLetterStore,
  type FlowChange,
  type FlowStore,
  type InstanceStore,
  type LoadedBot,
  type MaintenanceStore,
  type MessageFilter,
  type MessageStore,
  type NewBot,
  type NewFlow,
  type SecretStore,
  type SessionFilter,
  type SessionStore,
  type Storage,
  type UpdateStore,
  type UserFilter,
  type UserStore,
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
export { webhookSecretDigest } from './webhook-secret-digest.ts';
