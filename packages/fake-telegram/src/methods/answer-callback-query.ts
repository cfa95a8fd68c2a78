import { badRequest } from '../call/api-error.ts';
import type { Method } from '../sending/method-call.ts';
import { emit } from '../state/rooms.ts';

export const answerCallbackQuery: Method = ({ world, bot, parameters }) => {
  const callback = bot.callbacks.get(parameters.string('callback_query_id') ?? '');
  if (!callback || world.clock.now() >= callback.expires_at) {
    throw badRequest('query is too old and response timeout expired or query ID is invalid');
  }
  emit(world, callback.room, {
    kind: 'answer',
    from: bot.user.id,
    to: callback.query.from.id,
    text: parameters.string('text') ?? '',
    show_alert: parameters.boolean('show_alert'),
    url: parameters.string('url'),
  });
  return true;
};
