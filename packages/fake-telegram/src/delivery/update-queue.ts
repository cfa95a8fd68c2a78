import type { Clock } from '../clock.ts';
import type { Update } from '../telegram-objects.ts';
import { createLongPoll, type LongPoll } from './long-poll.ts';
import { createPendingUpdates, type PendingUpdate } from './pending-updates.ts';
import { createUpdatePoster, type PostResult } from './post-update.ts';
import { optInKinds } from './update-kinds.ts';
import { startWebhookSender, type WebhookSender } from './webhook-sender.ts';

/** What a bot has asked for with `setWebhook`. */
export interface WebhookSettings {
  readonly url: string;
  readonly secret_token: string | undefined;
  readonly max_connections: number;
  readonly ip_address: string | undefined;
  readonly has_custom_certificate: boolean;
}

/** One line of the history of deliveries. */
export interface DeliveryAttempt {
  /** Milliseconds since 1970. */
  at: number;
  update_id: number;
  kind: string;
  attempt: number;
  outcome: 'accepted' | 'failed' | 'expired' | 'dropped';
  /** What the webhook answered; 0 when it did not. */
  status: number;
  error: string | undefined;
}

/** All updates on their way to one bot. */
export interface UpdateQueue extends Pick<LongPoll, 'poll'> {
  readonly pendingCount: number;
  readonly webhook: WebhookSettings | undefined;
  readonly lastError: { date: number; message: string } | undefined;
  /** The kinds asked for; empty stands for Telegram's usual ones. */
  allowed_updates: readonly string[];
  /** Somebody is there to take updates: a webhook, or a poller. */
  readonly hasReceiver: boolean;
  /** Adds an update; undefined when the bot has not asked for its kind. */
  push(kind: string, payload: unknown): Update | undefined;
  setWebhook(webhook: WebhookSettings | undefined): void;
  dropPending(): void;
  /** Posts the next `times` accepted updates once more. */
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

/** Makes the queue of a new bot. */
export function createUpdateQueue(options: UpdateQueueOptions): UpdateQueue {
  const { clock } = options;
  const pending = createPendingUpdates(clock, options.firstUpdateId, onExpired);
  const longPoll = createLongPoll(clock, pending);
  let webhook: WebhookSettings | undefined;
  let sender: WebhookSender | undefined;
  let closePoster: (() => void) | undefined;
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
    closePoster?.();
    sender = undefined;
    closePoster = undefined;
  }

  function setWebhook(next: WebhookSettings | undefined): void {
    stopSender();
    webhook = next;
    lastError = undefined;
    if (!next) return;
    longPoll.terminate('terminated by setWebhook request');
    const poster = createUpdatePoster({ ...next, timeout: options.webhookTimeout });
    closePoster = () => poster.close();
    sender = startWebhookSender({
      clock,
      pending,
      poster,
      max_connections: next.max_connections,
      retryScale: options.retryScale,
      onAttempt,
      onExpired,
      onGone: () => setWebhook(undefined),
    });
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
      return webhook !== undefined || longPoll.used;
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

function toAttempt(clock: Clock, update: PendingUpdate, outcome: DeliveryAttempt['outcome']): DeliveryAttempt {
  const { update_id, kind, attempts } = update;
  return { at: clock.now(), update_id, kind, attempt: attempts, outcome, status: 0, error: undefined };
}

function errorMessage(result: PostResult): string {
  return result.error ?? `Wrong response from the webhook: ${result.status} ${result.status_text}`.trim();
}
