export { allItems } from './all-items.ts';
export type { CallOptions, ClientAnswer, ClientCall, ClientInput, ClientOf } from './client-types.ts';
export { createClient, type Client, type ClientOptions } from './create-client.ts';
export { BotloomError, isBotloomError, type ErrorCode, type Problem } from '../errors/index.ts';
export type {
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
  Upload,
  WebhookHealth,
} from '../model/index.ts';
