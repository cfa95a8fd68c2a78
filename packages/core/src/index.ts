// Composition.
export { createBotloom, type Botloom, type StartOptions, type StopOptions } from './create-botloom.ts';
export type { BotloomOptions } from './options.ts';
export type { Authenticate, RequestHead } from './http/index.ts';
export type {
  CreateApiKeyInput,
  CreateBotInput,
  CreatedApiKey,
  CreateFlowInput,
  CreateUploadInput,
  ForceOption,
  ListAnswersInput,
  ListMessagesInput,
  ListSessionsInput,
  ListUsersInput,
  MoveSessionInput,
  PageInput,
  RaisedEvent,
  RaiseEventInput,
  ReplaceFlowInput,
  SendMessageInput,
  StartedFlow,
  StartFlowInput,
  UpdateBotInput,
  UpdateFlowInput,
  UpdateUserInput,
  UploadContent,
  UseCases,
} from './app/index.ts';

// Errors.
export {
  BotloomError,
  ERROR_CODES,
  isBotloomError,
  type BotloomErrorOptions,
  type ErrorCode,
  type ErrorDefinition,
  type Problem,
} from './errors/index.ts';

// Records.
export type {
  Answer,
  ApiKey,
  Bot,
  BotSettings,
  BotStats,
  BotUser,
  Flow,
  JsonObject,
  JsonValue,
  Message,
  MessageDirection,
  MessageStatus,
  Page,
  PageRequest,
  Permission,
  Principal,
  Scope,
  Secret,
  SessionRecord,
  Upload,
  WaitReasonName,
  WebhookHealth,
} from './model/index.ts';

// The parts of the runtime that a host uses.
export { defineStep } from './runtime/index.ts';
export { silentLogger, systemClock } from './ports/index.ts';
export type {
  AnyHostStep,
  HostStep,
  HostStepContext,
  Role,
  RuntimeEventMap,
  RuntimeEventName,
  RuntimeListener,
  RuntimeOptions,
  StandardResult,
  StandardSchema,
  UpdateResult,
} from './runtime/index.ts';
export type { Clock, Logger } from './ports/index.ts';

// Flows without Telegram and without a database. `@botloom/core/flow` has the whole language.
export { simulate, type ScriptAction, type Simulation, type SimulationOptions } from './simulation/index.ts';

// Telegram.
export {
  createTelegramApi,
  isUpdate,
  parseUpdate,
  TelegramApiError,
  TelegramNetworkError,
  UPDATE_KINDS,
} from './telegram/index.ts';
export type {
  AttachedFile,
  BotCredentials,
  BotIdentity,
  CallOptions,
  LogEntry,
  ParsedUpdate,
  TelegramApi,
  TelegramApiOptions,
  TelegramFile,
  UpdateKind,
  UpdateKindName,
  UpdateUser,
} from './telegram/index.ts';

// For authors of stores: the contract that `@botloom/testing/storage-conformance` checks.
export { NO_WAIT, type Session, type SessionSummary } from './engine/index.ts';
export {
  BatchDataError,
  chatSessionKey,
  createSecretBox,
  decodeCursor,
  encodeCursor,
  sessionId,
  userId,
  webhookSecretDigest,
} from './storage/index.ts';
export type {
  AnswerFilter,
  AnswerStore,
  ApiKeyStore,
  BatchDecision,
  BatchInput,
  BatchOutcome,
  BatchUser,
  BatchWrites,
  BotChange,
  BotSecrets,
  BotStore,
  Claim,
  DeadLetter,
  DeadLetterStore,
  FlowChange,
  FlowStore,
  FoundUpload,
  InstanceStore,
  Job,
  JobStore,
  LoadedBot,
  LockedBatch,
  MaintenanceStore,
  MessageFilter,
  MessageStore,
  NewBot,
  NewFlow,
  NewJob,
  NewMessage,
  NewOutgoingCall,
  NewUpload,
  OutboxItem,
  OutboxStore,
  SecretBox,
  SecretLocation,
  SecretStore,
  SendOutcome,
  SessionFilter,
  SessionKey,
  SessionStore,
  Storage,
  StorageContext,
  StorageFactory,
  TelegramFileId,
  UpdateStore,
  UploadStore,
  UserFilter,
  UserStore,
  UserUpsert,
} from './storage/index.ts';
