import { badRequest } from '../call/api-error.ts';
import type { Method } from '../sending/method-call.ts';
import { emit } from '../state/rooms.ts';

export const answerPreCheckoutQuery: Method = ({ world, bot, parameters }) => {
  const checkout = bot.checkouts.get(parameters.string('pre_checkout_query_id') ?? '');
  if (!checkout || checkout.answer || world.clock.now() >= checkout.expires_at) {
    throw badRequest('query is too old and response timeout expired or query ID is invalid');
  }
  const ok = parameters.boolean('ok');
  const error_message = parameters.string('error_message') ?? '';
  if (!ok && error_message.trim() === '') throw badRequest('error message must be non-empty');
  checkout.answer = ok ? { ok } : { ok, error_message };
  emit(world, checkout.room, {
    kind: 'checkout_answer',
    from: bot.user.id,
    query_id: checkout.query_id,
    text: ok ? '' : error_message,
  });
  return true;
};
