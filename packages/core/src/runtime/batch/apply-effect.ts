import type { Effect, EffectMap } from '../../engine/index.ts';
import { FAILED_SEND_JOB, type BatchUser } from '../../storage/index.ts';
import { PAUSE_PARAMETER } from '../outbox/pause-parameter.ts';
import type { BatchWritesBuilder } from './batch-writes-builder.ts';
import type { SessionAddress } from './pending-input.ts';
import { sessionJob } from './session-job.ts';

type EffectHandler<Value> = (
  writes: BatchWritesBuilder,
  address: SessionAddress,
  user: BatchUser,
  effect: Value,
) => void;

/** Adds the writes of one effect of a session to the batch. */
export const applyEffect: EffectHandler<Effect> = (writes, address, user, effect) => {
  // Each handler accepts the effects of one kind. TypeScript cannot follow that relation through the union.
  const handle = EFFECT_HANDLERS[effect.kind] as EffectHandler<Effect>;
  handle(writes, address, user, effect);
};

/** A new kind of effect does not compile until it has a handler here. */
const EFFECT_HANDLERS: { readonly [Kind in keyof EffectMap]: EffectHandler<EffectMap[Kind]> } = {
  send: (writes, address, user, { method, delivery, type, text, payload, flow_id, token }) => {
    const { bot_id, chat_id, thread_id } = address.key;
    const onFailure =
      token === undefined ? {} : { on_failure: sessionJob(FAILED_SEND_JOB, address, { token }, 0).payload };
    const send = { method, delivery, expires_at: writes.messageExpiresAt, ...onFailure };
    writes.addMessage({
      bot_id,
      chat_id,
      thread_id,
      user_id: user.id,
      direction: 'outgoing',
      type,
      text,
      file_id: null,
      flow_id,
      telegram_message_id: null,
      payload,
      send,
    });
  },
  notify: (writes, { key: { bot_id } }, _user, { chat_id, thread_id, text, payload, flow_id }) => {
    const send = { method: 'sendMessage', delivery: 'at_least_once', expires_at: writes.messageExpiresAt } as const;
    writes.addNotification({
      bot_id,
      chat_id,
      thread_id,
      user_id: null,
      direction: 'outgoing',
      type: 'text',
      text,
      file_id: null,
      flow_id,
      telegram_message_id: null,
      payload,
      send,
    });
  },
  call: (writes, { key: { bot_id, chat_id } }, _user, effect) => {
    const payload =
      effect.pause === undefined ? effect.payload : { ...effect.payload, [PAUSE_PARAMETER]: effect.pause };
    writes.addCall({ bot_id, chat_id, method: effect.method, payload, expires_at: writes.messageExpiresAt });
  },
  answer_callback: (writes, { key }, _user, answer) => {
    writes.answerCallback(key.bot_id, answer);
  },
  change_user: (writes, _place, user, { tags, attributes }) => {
    writes.updateUser(user, { tags, attributes });
  },
  timer: (writes, address, _user, { token, purpose, number, due_at }) => {
    writes.addJob(sessionJob('timer', address, { token, purpose, number }, due_at));
  },
  http: (writes, address, _user, { token, request, retries }) => {
    writes.addJob(sessionJob('http_request', address, { token, request, retries }, writes.now));
  },
  refund: (writes, address, _user, { token, user_id, charge }) => {
    writes.addJob(sessionJob('refund_payment', address, { token, payer: user_id, charge }, writes.now));
  },
  action: (writes, address, user, { token, action, input }) => {
    writes.addJob(sessionJob('run_action', address, { token, action, input, bot_user_id: user.id }, writes.now));
  },
};
