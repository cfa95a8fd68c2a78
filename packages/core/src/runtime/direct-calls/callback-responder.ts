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
  /** Calls under way at a time; more than that are left unanswered. */
  readonly maxPending: number;
}

/** Answers callback queries first of all, from memory, best effort: they are worth nothing a few minutes later, and have no send limit. */
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
          'a callback query is left unanswered: too many answers are under way',
        );
        continue;
      }
      const call: Promise<void> = this.#call(answer).finally(() => this.#pending.delete(call));
      this.#pending.add(call);
    }
  }

  /** Resolves when none is under way. */
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
      // "query is too old" and the like: nothing is lost but a spinner.
      this.#deps.logger.debug({ bot_id, error: errorMessage(error) }, 'a callback query could not be answered');
    }
  }
}
