import { errorMessage } from '../../errors/index.ts';
import type { JsonObject } from '../../model/index.ts';
import type { Logger } from '../../ports/index.ts';
import type { BotCredentials, TelegramApi } from '../../telegram/index.ts';
import type { CallbackAnswer } from '../batch/batch-plan.ts';
import type { BotCache } from '../bots/bot-cache.ts';
import { callWithTokenRefresh } from '../bots/call-with-token-refresh.ts';

export interface CallbackResponderDeps {
  readonly telegram: TelegramApi;
  readonly bots: Pick<BotCache, 'invalidate' | 'reload'>;
  readonly credentials: (bot_id: string) => BotCredentials | null | Promise<BotCredentials | null>;
  readonly logger: Logger;
  /** Maximum number of calls in progress; further queries are not answered. */
  readonly maxPending: number;
}

/**
 * Answers callback queries before everything else, from memory, on a best-effort basis: an answer is worthless a few
 * minutes later, and has no rate limit.
 */
export class CallbackResponder {
  readonly #deps: CallbackResponderDeps;
  readonly #pending = new Set<Promise<void>>();

  constructor(deps: CallbackResponderDeps) {
    this.#deps = deps;
  }

  send(answers: readonly CallbackAnswer[]): void {
    for (const answer of answers) {
      if (this.#pending.size >= this.#deps.maxPending) {
        this.#deps.logger.warn(
          { bot_id: answer.bot_id },
          'a callback query was not answered: too many answers are in progress',
        );
        continue;
      }
      const call: Promise<void> = this.#call(answer).finally(() => this.#pending.delete(call));
      this.#pending.add(call);
    }
  }

  /** Resolves when no call is in progress. */
  async idle(): Promise<void> {
    while (this.#pending.size > 0) await Promise.all(this.#pending);
  }

  async #call({ bot_id, answer }: CallbackAnswer): Promise<void> {
    try {
      const found = this.#deps.credentials(bot_id);
      const credentials = found instanceof Promise ? await found : found;
      if (credentials === null) return;
      const text: JsonObject = answer.text === null ? {} : { text: answer.text };
      const alert: JsonObject = answer.show_alert ? { show_alert: true } : {};
      await callWithTokenRefresh(this.#deps, credentials, 'answerCallbackQuery', {
        callback_query_id: answer.query_id,
        ...text,
        ...alert,
      });
    } catch (error) {
      // For example "query is too old": the only effect is a spinner that lasts longer.
      this.#deps.logger.debug({ bot_id, error: errorMessage(error) }, 'a callback query could not be answered');
    }
  }
}
