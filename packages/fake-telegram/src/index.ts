export type { Clock, ManualClock } from './clock.ts';
export { createManualClock, systemClock } from './clock.ts';
export type { NewPerson } from './state/create-person.ts';
export type { DeliveryAttempt, WebhookSettings } from './delivery/update-queue.ts';
export { ExpectationError } from './driver/expectation.ts';
export type { Expected } from './driver/expectation.ts';
export type { DocumentToSend, PhotoToSend, VideoToSend } from './driver/person-content.ts';
export type { Person, Place } from './driver/person.ts';
export type { ExpectOptions } from './driver/expectations.ts';
export type { PersonChat } from './driver/person-chat.ts';
export { EntityError, parseEntities } from './entities/parse-entities.ts';
export { samplePng } from './sending/sample-png.ts';
export type { CallFilter, RecordedCall } from './call/call-log.ts';
export type { NewBot } from './server/create-bot.ts';
export type { Delivery, FakeBot, FakeGroup, FakeTelegram, GroupOptions } from './server/fake-telegram.ts';
export type { Fault, FaultScript, LatencyScript, ScriptedFault } from './server/fault-plan.ts';
export type { IdleOptions } from './server/wait-until-idle.ts';
export type { FakeTelegramOptions } from './server/fake-telegram-options.ts';
export { startFakeTelegram } from './server/start-fake-telegram.ts';
export type {
  BotUser,
  CallbackQuery,
  Chat,
  Contact,
  InlineKeyboardButton,
  InlineKeyboardMarkup,
  JsonObject,
  Location,
  Message,
  MessageEntity,
  PhotoSize,
  ReplyKeyboardMarkup,
  Update,
  User,
} from './telegram-objects.ts';
