import type { Method } from './method.ts';

export const deleteWebhook: Method = ({ bot, parameters, describe }) => {
  if (parameters.boolean('drop_pending_updates')) bot.queue.drop();
  if (!bot.queue.webhook) {
    describe('Webhook is already deleted');
    return true;
  }
  bot.queue.setWebhook(undefined);
  describe('Webhook was deleted');
  return true;
};
