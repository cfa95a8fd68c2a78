import type { EventMap } from '../event.ts';
import type { EventHandler } from './event-handler.ts';
import { onCallback } from './on-callback.ts';
import { onChatEvent } from './on-chat-event.ts';
import { onExternal } from './on-external.ts';
import { onMessage } from './on-message.ts';
import { onOperator } from './on-operator.ts';
import { onPayment } from './on-payment.ts';
import { onResult } from './on-result.ts';
import { onStart } from './on-start.ts';
import { onTimer } from './on-timer.ts';

/** Handler per event: the table does not compile until it has them all. */
export const EVENT_HANDLERS: { readonly [Kind in keyof EventMap]: EventHandler<Kind> } = {
  message: onMessage,
  callback: onCallback,
  chat_event: onChatEvent,
  start: onStart,
  timer: onTimer,
  result: onResult,
  external: onExternal,
  operator: onOperator,
  payment: onPayment,
};
