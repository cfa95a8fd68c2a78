import { ApiError } from '../call/api-error.ts';
import type { Method, MethodCall } from '../sending/method-call.ts';

/** Maximum duration of a long poll. */
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
  // The updates that the offset confirms are already removed.
  call.world.activity.touch();
  return await updates;
};

/** Sets the kinds of update that the bot requests. Without the parameter, they stay as they are. */
export function readAllowedUpdates({ bot, parameters }: MethodCall): readonly string[] {
  const given = parameters.list('allowed_updates');
  return given?.filter((kind) => typeof kind === 'string') ?? bot.queue.allowed_updates;
}
