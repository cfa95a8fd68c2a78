import { ApiError } from '../call/api-error.ts';
import type { Method, MethodCall } from '../sending/method-call.ts';

/** Seconds a long poll may last. */
const maxPollTimeoutSeconds = 50;

export const getUpdates: Method = async (call) => {
  const { bot, parameters, signal } = call;
  if (bot.queue.webhook) {
    throw new ApiError(
      409,
      "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    );
  }
  bot.queue.allowed_updates = readAllowedUpdates(call);
  const updates = bot.queue.poll({
    offset: parameters.number('offset') ?? 0,
    limit: Math.min(100, Math.max(1, parameters.number('limit') ?? 100)),
    timeout: Math.min(maxPollTimeoutSeconds, Math.max(0, parameters.number('timeout') ?? 0)) * 1000,
    signal,
  });
  // What the offset confirmed is gone by now.
  call.world.activity.touch();
  return await updates;
};

/** The kinds of update the bot wants; not saying leaves them as they were. */
export function readAllowedUpdates({ bot, parameters }: MethodCall): readonly string[] {
  const given = parameters.list('allowed_updates');
  return given?.filter((kind) => typeof kind === 'string') ?? bot.queue.allowed_updates;
}
