export { apiKey, type ApiKey } from './api-key.ts';
export { botStats, webhookHealth, type BotStats, type WebhookHealth } from './bot-stats.ts';
export { botUser, type BotUser } from './bot-user.ts';
export { bot, botSettings, type Bot, type BotSettings } from './bot.ts';
export { flow, type Flow } from './flow.ts';
export { message, messageDirection, messageStatus, type Message, type MessageDirection, type MessageStatus } from './message.ts';
export type { Page, PageRequest } from './page.ts';
export { permission, type Permission, type Principal, type Scope } from './principal.ts';
export { integerId, jsonObject, jsonValue, timestamp, uuid, type JsonObject, type JsonValue } from './values.ts';
