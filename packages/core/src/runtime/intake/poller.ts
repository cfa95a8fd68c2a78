import { z } from 'zod';
import { errorMessage } from '../../errors/index.ts';
import { jsonObject, type JsonObject } from '../../model/index.ts';
import type { Clock, Logger } from '../../ports/index.ts';
import type { Storage } from '../../storage/index.ts';
import { SUBSCRIBED_KINDS, TelegramApiError, type BotCredentials, type TelegramApi } from '../../telegram/index.ts';
import type { BotCache } from '../bots/bot-cache.ts';

export interface PollerDeps {
  /** Returns the owner of this instance's rows. It changes when the lease is lost, so the value must not be stored. */
  readonly currentOwner: () => string;
  readonly storage: Storage;
  readonly telegram: TelegramApi;
  readonly bots: BotCache;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly process: (bot_id: string, update: JsonObject) => Promise<unknown>;
}

/** Timeout of one getUpdates in seconds; Telegram allows up to 50. */
const LONG_POLL_TIMEOUT_SECONDS = 25;
const POLL_LEASE_MS = 60_000;
const DISCOVERY_INTERVAL_MS = 3_000;
const RETRY_DELAY_MS = 3_000;
const PAGE_SIZE = 100;

const updatesSchema = z.array(jsonObject.and(z.object({ update_id: z.number().int() })));

/**
 * Long polling (getUpdates) of every active bot without a webhook: for development without HTTPS. A bot is polled by
 * one instance.
 */
export class Poller {
  readonly #deps: PollerDeps;
  readonly #polls = new Map<string, { readonly abort: AbortController; readonly done: Promise<void> }>();
  #isRunning = false;
  #cancelDiscovery: (() => void) | null = null;
  #discovery: Promise<void> = Promise.resolve();

  constructor(deps: PollerDeps) {
    this.#deps = deps;
  }

  start(): void {
    this.#isRunning = true;
    this.#startDiscovery();
  }

  async stop(): Promise<void> {
    this.#isRunning = false;
    this.#cancelDiscovery?.();
    await this.#discovery;
    for (const poll of this.#polls.values()) poll.abort.abort();
    await Promise.all([...this.#polls.values()].map((poll) => poll.done));
  }

  /** Looks for bots to poll now: for a new bot, or one that was changed. */
  wake(): void {
    if (!this.#isRunning) return;
    this.#cancelDiscovery?.();
    this.#startDiscovery();
  }

  #startDiscovery(): void {
    this.#discovery = this.#discovery
      .then(() => this.#discoverBots())
      .catch((error: unknown) => {
        this.#deps.logger.warn(
          { error: errorMessage(error) },
          'the list of bots to poll could not be read from the database; trying again in a few seconds',
        );
      })
      .finally(() => {
        if (!this.#isRunning) return;
        this.#cancelDiscovery?.();
        this.#cancelDiscovery = this.#deps.clock.setTimer(DISCOVERY_INTERVAL_MS, () => {
          this.#startDiscovery();
        });
      });
  }

  async #discoverBots(): Promise<void> {
    for (let after: string | null = null; this.#isRunning;) {
      const ids: readonly string[] = await this.#deps.storage.bots.activeIds(after, PAGE_SIZE);
      for (const id of ids) if (!this.#polls.has(id)) await this.#startPolling(id);
      const last = ids.at(-1);
      if (last === undefined || ids.length < PAGE_SIZE) return;
      after = last;
    }
  }

  async #startPolling(bot_id: string): Promise<void> {
    const bot = await this.#deps.bots.getFresh(bot_id);
    if (bot === null || bot.bot.is_webhook_set || !(await this.#acquireLease(bot_id))) return;
    const abort = new AbortController();
    const done = this.#poll(bot_id, abort.signal)
      .catch((error: unknown) => {
        this.#deps.logger.warn(
          { bot_id, error: errorMessage(error) },
          'polling of a bot failed; it will start again in a few seconds',
        );
      })
      .finally(() => this.#polls.delete(bot_id));
    this.#polls.set(bot_id, { abort, done });
  }

  #acquireLease(bot_id: string): Promise<boolean> {
    return this.#deps.storage.instances.acquireLease(this.#deps.currentOwner(), `poll:${bot_id}`, POLL_LEASE_MS);
  }

  /** Polls until the bot is deleted, deactivated, gets a webhook, or is polled by another instance. */
  async #poll(bot_id: string, signal: AbortSignal): Promise<void> {
    let offset: number | null = null;
    try {
      while (this.#isRunning && !signal.aborted && (await this.#acquireLease(bot_id))) {
        const bot = await this.#deps.bots.getFresh(bot_id);
        if (bot === null || !bot.bot.is_active || bot.bot.is_webhook_set) return;
        offset = await this.#pollOnce(bot_id, bot.secrets, offset, signal);
      }
    } finally {
      await this.#deps.storage.instances.releaseLease(this.#deps.currentOwner(), `poll:${bot_id}`);
    }
  }

  /** Calls getUpdates once. The offset, which confirms the updates, moves only when all of them are committed. */
  async #pollOnce(
    bot_id: string,
    bot: BotCredentials,
    offset: number | null,
    signal: AbortSignal,
  ): Promise<number | null> {
    try {
      const parameters = {
        timeout: LONG_POLL_TIMEOUT_SECONDS,
        allowed_updates: SUBSCRIBED_KINDS,
        ...(offset === null ? {} : { offset }),
      };
      const updates = updatesSchema.parse(
        await this.#deps.telegram.call(bot, 'getUpdates', parameters, {
          signal,
          timeout: (LONG_POLL_TIMEOUT_SECONDS + 10) * 1000,
        }),
      );
      await Promise.all(updates.map((update) => this.#deps.process(bot_id, update)));
      const last = updates.at(-1);
      return last === undefined ? offset : last.update_id + 1;
    } catch (error) {
      if (!signal.aborted) await this.#handleFailure(bot_id, error, signal);
      return offset;
    }
  }

  async #handleFailure(bot_id: string, error: unknown, signal: AbortSignal): Promise<void> {
    const is_conflict = error instanceof TelegramApiError && error.error_code === 409;
    const hint = is_conflict
      ? 'another program polls this bot or has set a webhook; stop the program or remove the webhook'
      : 'trying again';
    this.#deps.logger.warn(
      { bot_id, error: errorMessage(error), hint },
      'the updates of a bot could not be fetched from Telegram',
    );
    await new Promise<void>((resolve) => {
      const finish = (): void => {
        cancel();
        signal.removeEventListener('abort', finish);
        resolve();
      };
      const cancel = this.#deps.clock.setTimer(RETRY_DELAY_MS, finish);
      signal.addEventListener('abort', finish);
    });
  }
}
