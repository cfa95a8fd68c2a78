export { createTelegramApi, type TelegramApiOptions } from './create-telegram-api.ts';
export { isUpdate } from './is-update.ts';
export type { LogEntry, ParsedUpdate, UpdateUser } from './parsed-update.ts';
export { parseUpdate, type BotIdentity } from './parse-update.ts';
export { redact } from './redact.ts';
export type { BotCredentials, CallOptions, TelegramApi, TelegramFile } from './telegram-api.ts';
export { TelegramApiError, TelegramNetworkError } from './telegram-error.ts';
export { SUBSCRIBED_KINDS, UPDATE_KINDS, type UpdateKind, type UpdateKindName } from './update-kinds.ts';
export { createWebhookSecret } from './webhook-secret.ts';
