import type { Effect, EffectMap } from '../../engine/index.ts';
import { FAILED_SEND_JOB, type BatchUser } from '../../storage/index.ts';
import { PAUSE } from '../outbox/pause.ts';
import type { BatchWritesBuilder } from './batch-writes-builder.ts';
import type { SessionPlace } from './pending-input.ts';
import { sessionJob } from './session-job.ts';

type Perform<Value> = (writes: BatchWritesBuilder, place: SessionPlace, user: BatchUser, effect: Value) => void;

/** Puts on the sheet what a flow wants done in a session. */
export const performEffect: Perform<Effect> = (writes, place, user, effect) => {
  // The table's row for a kind takes the effects of that kind; TypeScript cannot follow the pair through the union.
  const perform = PERFORMERS[effect.kind] as Perform<Effect>;
  perform(writes, place, user, effect);
};

/** A new kind of effect does not compile until it has its row here. */
const PERFORMERS: { readonly [Kind in keyof EffectMap]: Perform<EffectMap[Kind]> } = {
  send: (writes, place, user, { method, delivery, type, text, payload, flow_id, token }) => {
    const { bot_id, chat_id, thread_id } = place.key;
    const awaited = token === undefined ? {} : { on_failure: sessionJob(FAILED_SEND_JOB, place, { token }, 0).payload };
    const send = { method, delivery, expires_at: writes.expiry, ...awaited };
    writes.write({
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
    const send = { method: 'sendMessage', delivery: 'at_least_once', expires_at: writes.expiry } as const;
    writes.notify({
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
    const payload = effect.pause === undefined ? effect.payload : { ...effect.payload, [PAUSE]: effect.pause };
    writes.call({ bot_id, chat_id, method: effect.method, payload, expires_at: writes.expiry });
  },
  answer_callback: (writes, { key }, _user, answer) => {
    writes.answer(key.bot_id, answer);
  },
  change_user: (writes, _place, user, { tags, attributes }) => {
    writes.changeUser(user, { tags, attributes });
  },
  timer: (writes, place, _user, { token, purpose, number, due_at }) => {
    writes.add(sessionJob('timer', place, { token, purpose, number }, due_at));
  },
  http: (writes, place, _user, { token, request, retries }) => {
    writes.add(sessionJob('http_request', place, { token, request, retries }, writes.now));
  },
  refund: (writes, place, _user, { token, user_id, charge }) => {
    writes.add(sessionJob('refund_payment', place, { token, payer: user_id, charge }, writes.now));
  },
  action: (writes, place, user, { token, action, input }) => {
    writes.add(sessionJob('run_action', place, { token, action, input, bot_user_id: user.id }, writes.now));
  },
};
