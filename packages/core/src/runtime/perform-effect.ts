import type { Effect, EffectMap } from '../engine/index.ts';
import { FAILED_SEND_JOB, type BatchUser } from '../storage/index.ts';
import type { BatchSheet } from './batch-sheet.ts';
import { sessionJob } from './jobs/session-job.ts';
import { PAUSE } from './pause.ts';
import type { SessionPlace } from './pending-input.ts';

type Perform<Value> = (sheet: BatchSheet, place: SessionPlace, user: BatchUser, effect: Value) => void;

/** Puts on the sheet what a flow wants done in a session. */
export const performEffect: Perform<Effect> = (sheet, place, user, effect) => {
  // The table's row for a kind takes the effects of that kind; TypeScript cannot follow the pair through the union.
  const perform = PERFORMERS[effect.kind] as Perform<Effect>;
  perform(sheet, place, user, effect);
};

/** A new kind of effect does not compile until it has its row here. */
const PERFORMERS: { readonly [Kind in keyof EffectMap]: Perform<EffectMap[Kind]> } = {
  send: (sheet, place, user, { method, delivery, type, text, payload, flow_id, token }) => {
    const { bot_id, chat_id, thread_id } = place.key;
    const awaited = token === undefined ? {} : { on_failure: sessionJob(FAILED_SEND_JOB, place, { token }, 0).payload };
    const send = { method, delivery, expires_at: sheet.expiry, ...awaited };
    sheet.write({
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
  notify: (sheet, { key: { bot_id } }, _user, { chat_id, thread_id, text, payload, flow_id }) => {
    const send = { method: 'sendMessage', delivery: 'at_least_once', expires_at: sheet.expiry } as const;
    sheet.notify({
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
  call: (sheet, { key: { bot_id, chat_id } }, _user, effect) => {
    const payload = effect.pause === undefined ? effect.payload : { ...effect.payload, [PAUSE]: effect.pause };
    sheet.call({ bot_id, chat_id, method: effect.method, payload, expires_at: sheet.expiry });
  },
  answer_callback: (sheet, { key }, _user, answer) => {
    sheet.answer(key.bot_id, answer);
  },
  change_user: (sheet, _place, user, { tags, attributes }) => {
    sheet.changeUser(user, { tags, attributes });
  },
  timer: (sheet, place, _user, { token, purpose, number, due_at }) => {
    sheet.add(sessionJob('timer', place, { token, purpose, number }, due_at));
  },
  http: (sheet, place, _user, { token, request, retries }) => {
    sheet.add(sessionJob('http_request', place, { token, request, retries }, sheet.now));
  },
  refund: (sheet, place, _user, { token, user_id, charge }) => {
    sheet.add(sessionJob('refund_payment', place, { token, payer: user_id, charge }, sheet.now));
  },
  action: (sheet, place, user, { token, action, input }) => {
    sheet.add(sessionJob('run_action', place, { token, action, input, bot_user_id: user.id }, sheet.now));
  },
};
