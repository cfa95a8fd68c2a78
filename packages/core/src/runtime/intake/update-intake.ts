import { BotloomError } from '../../errors/index.ts';
import type { JsonObject } from '../../model/index.ts';
import type { Clock } from '../../ports/index.ts';
import { isUpdate, parseUpdate, readPreCheckoutQuery } from '../../telegram/index.ts';
import type { UpdateResult } from '../batch/update-result.ts';
import type { BotCache } from '../bots/bot-cache.ts';
import type { CheckoutResponder } from '../direct-calls/checkout-responder.ts';
import type { Dispatcher } from '../outbox/dispatcher.ts';
import type { RuntimeOptions } from '../runtime-options.ts';
import { InFlightCounter } from './in-flight-counter.ts';
import type { Lanes } from './lanes.ts';
import { unavailableError } from './unavailable-error.ts';

export interface UpdateIntakeDeps {
  readonly bots: Pick<BotCache, 'getCached' | 'reload'>;
  readonly checkouts: Pick<CheckoutResponder, 'answer'>;
  readonly dispatcher: Pick<Dispatcher, 'backlogOfBot' | 'backlogOfChat'>;
  readonly lanes: Pick<Lanes, 'requireCapacity' | 'push'>;
  readonly clock: Clock;
  readonly options: Pick<RuntimeOptions, 'botBacklog' | 'chatBacklog' | 'chatWaiting'>;
}

/** Accepts updates: parses each one and adds it to the lane of its chat, or rejects it with a reason. */
export class UpdateIntake {
  readonly #deps: UpdateIntakeDeps;
  readonly #inProgress = new Map<string, Promise<UpdateResult>>();
  readonly #inFlightByChat = new InFlightCounter();
  #isOpen = false;

  constructor(deps: UpdateIntakeDeps) {
    this.#deps = deps;
  }

  open(): void {
    this.#isOpen = true;
  }

  close(): void {
    this.#isOpen = false;
  }

  requireOpen(): void {
    if (!this.#isOpen) throw unavailableError('Botloom is starting or stopping', 1);
  }

  /** See `Runtime.processUpdate`. */
  async process(bot_id: string, update: unknown, bytes: number): Promise<UpdateResult> {
    if (!isUpdate(update))
      throw new BotloomError(
        'UPDATE_INVALID',
        'The body is not an update of the Bot API: it must be an object with an integer `update_id`.',
      );
    const key = `${bot_id}:${update.update_id}`;
    // Telegram may send the same update again while it waits for our response. Both requests get the same response.
    const pendingResult = this.#inProgress.get(key);
    if (pendingResult !== undefined)
      return pendingResult.then((result) => (result === 'processed' ? 'duplicate' : result));
    const result = this.#accept(bot_id, update, bytes).finally(() => this.#inProgress.delete(key));
    this.#inProgress.set(key, result);
    return result;
  }

  async #accept(bot_id: string, update: JsonObject, bytes: number): Promise<UpdateResult> {
    const { bots, checkouts, dispatcher, lanes, clock, options } = this.#deps;
    this.requireOpen();
    // The cached bot may be outdated: that is good enough to accept an update, but not to drop one.
    const known = bots.getCached(bot_id);
    const cached = known?.bot.is_active === true ? known : await bots.reload(bot_id);
    this.requireOpen();
    if (cached?.bot.is_active !== true) return 'dropped';
    // Respond before anything that can delay it: Telegram waits for 10 seconds. The query itself is stored like any
    // update.
    const checkout = readPreCheckoutQuery(update);
    if (checkout !== null) checkouts.answer(cached, checkout);
    if (dispatcher.backlogOfBot(bot_id) > options.botBacklog)
      throw unavailableError('Too many messages of this bot are unsent', 3);
    const parsed = parseUpdate(update, { id: bot_id, username: cached.bot.username });
    const chat_id = parsed.chat?.id ?? parsed.user?.chat_id ?? 0;
    if (dispatcher.backlogOfChat(bot_id, chat_id) >= options.chatBacklog)
      throw unavailableError('Too many messages for this chat are unsent', 3);
    lanes.requireCapacity(bot_id, chat_id);
    const chat = `${bot_id}:${chat_id}`;
    if (this.#inFlightByChat.countOf(chat) >= options.chatWaiting)
      throw unavailableError('Too many updates of this chat are waiting', 2);
    const result = new Promise<UpdateResult>((resolve, reject) => {
      lanes.push(chat_id, {
        bot_id,
        source: { kind: 'update', update, parsed },
        bytes,
        arrived_at: clock.monotonic(),
        resolve,
        reject,
      });
    });
    return this.#inFlightByChat.track(chat, result);
  }
}
