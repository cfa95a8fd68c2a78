export { answer, type Answer } from './answer.ts';
export { apiKey, type ApiKey } from './api-key.ts';
export { botStats, webhookHealth, type BotStats, type WebhookHealth } from './bot-stats.ts';
export { botUser, type BotUser } from './bot-user.ts';
export { bot, botSettings, type Bot, type BotSettings } from './bot.ts';
export { flow, type Flow } from './flow.ts';
export {
  message,
  messageDirection,
  messageStatus,
  type Message,
  type MessageDirection,
  type MessageStatus,
} from './message.ts';
export type { EnvUser } from './env-user.ts';
export { labeled, labels, type Label } from './labeled.ts';
export type { Page, PageRequest } from './page.ts';
export { EVERY_ROW, permission, type Permission, type Principal, type Scope } from './principal.ts';
export { SECRET_LIMITS, SECRET_NAME_PATTERN } from './secret-name.ts';
export { secret, type Secret } from './secret.ts';
export type { PublishedFlow } from './published-flow.ts';
export { EVENT_NAME_PATTERN } from './event-name.ts';
export { sessionRecord, waitReason, type SessionRecord, type WaitReasonName } from './session-record.ts';
export { UPLOAD_LIMITS } from './upload-limits.ts';
export { upload, type Upload } from './upload.ts';
export { ATTRIBUTE_NAME_PATTERN, TAG_PATTERN, USER_LIMITS, userDataProblem } from './user-data.ts';
export { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from './time.ts';
export {
  instant,
  integerId,
  isJsonObject,
  isUuid,
  jsonObject,
  jsonValue,
  timestamp,
  uuid,
  type JsonObject,
  type JsonValue,
} from './values.ts';
