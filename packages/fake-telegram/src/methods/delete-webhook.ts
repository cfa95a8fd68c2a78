import type { Method } from '../sending/method-call.ts';

export const deleteWebhook: Method = (call) => {
  const { bot, parameters } = call;
  if (parameters.boolean('drop_pending_updates')) bot.queue.dropPending();
  if (!bot.queue.webhook) {
    call.describe('Webhook is already deleted');
    return true;
  }
  bot.queue.setWebhook(undefined);
  call.describe('Webhook was deleted');
  return true;
};
