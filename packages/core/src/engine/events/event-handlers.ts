import type { BotProgram } from '../../flow/index.ts';
import type { Advance } from '../advance.ts';
import type { Env } from '../env.ts';
import type { EventMap } from '../event.ts';
import type { Session } from '../state/session.ts';
import { onCallback } from './on-callback.ts';
import { onChatEvent } from './on-chat-event.ts';
import { onExternal } from './on-external.ts';
import { onMessage } from './on-message.ts';
import { onOperator } from './on-operator.ts';
import { onPayment } from './on-payment.ts';
import { onResult } from './on-result.ts';
import { onStart } from './on-start.ts';
import { onTimer } from './on-timer.ts';

export type EventHandler<Kind extends keyof EventMap> = (
  program: BotProgram,
  session: Session,
  event: { readonly kind: Kind } & EventMap[Kind],
  env: Env,
) => Advance;

/** What each event does: the table does not compile until it knows them all. */
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
