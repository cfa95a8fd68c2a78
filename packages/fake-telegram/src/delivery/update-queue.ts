import type { Clock } from '../clock.ts';
import type { Update } from '../telegram-objects.ts';
import { createLongPoll, type LongPoll } from './long-poll.ts';
import { createPendingUpdates, type PendingUpdate } from './pending-updates.ts';
import { createUpdatePoster, type PostResult } from './post-update.ts';
import { optInKinds } from './update-kinds.ts';
import { startWebhookSender, type WebhookSender, type WebhookSenderOptions } from './webhook-sender.ts';

/** The settings that a bot has passed to `setWebhook`. */
export interface WebhookSettings {
  readonly url: string;
  readonly secret_token: string | undefined;
  readonly max_connections: number;
  readonly ip_address: string | undefined;
  readonly has_custom_certificate: boolean;
}

/** One entry of the log of deliveries. */
export interface DeliveryAttempt {
  /** Milliseconds since 1970. */
  at: number;
  update_id: number;
  kind: string;
  attempt: number;
  outcome: 'accepted' | 'failed' | 'expired' | 'dropped';
  /** HTTP status of the webhook's response; 0 without a response. */
  status: number;
  error: string | undefined;
}

/** The undelivered updates of one bot. */
export interface UpdateQueue extends Pick<LongPoll, 'poll'> {
  readonly pendingCount: number;
  readonly webhook: WebhookSettings | undefined;
  readonly lastError: { date: number; message: string } | undefined;
  /** The kinds that the bot has requested. An empty list means Telegram's default kinds. */
  allowed_updates: readonly string[];
  /** True if the bot has a webhook or a poller. */
  readonly hasReceiver: boolean;
  /** Adds an update. Returns undefined if the bot has not requested its kind. */
  push(kind: string, payload: unknown): Update | undefined;
  setWebhook(webhook: WebhookSettings | undefined): void;
  dropPending(): void;
  /** Posts each of the next `times` accepted updates once more. */
  duplicate(times: number): void;
  close(): void;
}

export interface UpdateQueueOptions {
  clock: Clock;
  firstUpdateId: number;
  retryScale: number;
  webhookTimeout: number;
  onDelivery(attempt: DeliveryAttempt): void;
}

/** Creates the queue of a new bot. */
export function createUpdateQueue(options: UpdateQueueOptions): UpdateQueue {
  const { clock } = options;
  const pending = createPendingUpdates(clock, options.firstUpdateId, onExpired);
  const longPoll = createLongPoll(clock, pending);
  let webhook: WebhookSettings | undefined;
  let sender: WebhookSender | undefined;
  let lastError: UpdateQueue['lastError'];
  let allowed: readonly string[] = [];
  let duplicates = 0;

  function onExpired(update: PendingUpdate): void {
    options.onDelivery(toAttempt(clock, update, 'expired'));
  }

  function onAttempt(update: PendingUpdate, result: PostResult): boolean {
    const accepted = result.status >= 200 && result.status < 300;
    if (!accepted) lastError = { date: Math.floor(clock.now() / 1000), message: errorMessage(result) };
    options.onDelivery({
      ...toAttempt(clock, update, accepted ? 'accepted' : 'failed'),
      status: result.status,
      error: result.error,
    });
    if (!accepted || duplicates === 0) return false;
    duplicates -= 1;
    return true;
  }

  function stopSender(): void {
    sender?.stop();
    sender = undefined;
  }

  function setWebhook(next: WebhookSettings | undefined): void {
    stopSender();
    webhook = next;
    lastError = undefined;
    if (!next) return;
    longPoll.terminate('terminated by setWebhook request');
    const onGone = (): void => setWebhook(undefined);
    sender = startSender(next, options, { pending, onAttempt, onExpired, onGone });
    for (const update of pending.fresh()) sender.add(update);
  }

  return {
    poll: (request) => longPoll.poll(request),
    get pendingCount() {
      return pending.size;
    },
    get webhook() {
      return webhook;
    },
    get lastError() {
      return lastError;
    },
    get allowed_updates() {
      return allowed;
    },
    set allowed_updates(kinds) {
      allowed = kinds;
    },
    get hasReceiver() {
      return webhook !== undefined || longPoll.hasBeenUsed;
    },
    push(kind, payload) {
      if (allowed.length > 0 ? !allowed.includes(kind) : optInKinds.has(kind)) return undefined;
      const update = pending.add(kind, payload);
      if (sender) sender.add(update);
      else longPoll.wake();
      return update.update;
    },
    setWebhook,
    dropPending() {
      for (const update of pending.fresh()) options.onDelivery(toAttempt(clock, update, 'dropped'));
      pending.clear();
    },
    duplicate(times) {
      duplicates += times;
    },
    close() {
      longPoll.terminate('terminated by the end of the fake Telegram');
      stopSender();
      webhook = undefined;
    },
  };
}

function startSender(
  webhook: WebhookSettings,
  { clock, retryScale, webhookTimeout }: UpdateQueueOptions,
  callbacks: Pick<WebhookSenderOptions, 'pending' | 'onAttempt' | 'onExpired' | 'onGone'>,
): WebhookSender {
  const poster = createUpdatePoster({ ...webhook, timeout: webhookTimeout });
  const sender = startWebhookSender({
    ...callbacks,
    clock,
    poster,
    max_connections: webhook.max_connections,
    retryScale,
  });
  return {
    add: (update) => sender.add(update),
    stop() {
      sender.stop();
      poster.close();
    },
  };
}

function toAttempt(clock: Clock, update: PendingUpdate, outcome: DeliveryAttempt['outcome']): DeliveryAttempt {
  const { update_id, kind, attempts } = update;
  return { at: clock.now(), update_id, kind, attempt: attempts, outcome, status: 0, error: undefined };
}

function errorMessage(result: PostResult): string {
  return result.error ?? `Wrong response from the webhook: ${result.status} ${result.status_text}`.trim();
}
