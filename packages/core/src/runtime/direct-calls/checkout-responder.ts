import { decodeInvoicePayload, findInvoiceSession, readState, type InvoicePayload } from '../../engine/index.ts';
import { errorMessage } from '../../errors/index.ts';
import type { JsonObject } from '../../model/index.ts';
import type { Clock, Logger } from '../../ports/index.ts';
import type { SessionStore } from '../../storage/index.ts';
import {
  TelegramApiError,
  type BotCredentials,
  type PreCheckoutQuery,
  type TelegramApi,
} from '../../telegram/index.ts';
import type { BotCache, CachedBot } from '../bots/bot-cache.ts';
import { callWithTokenRefresh } from '../bots/call-with-token-refresh.ts';

export interface CheckoutResponderDeps {
  readonly telegram: TelegramApi;
  readonly bots: Pick<BotCache, 'invalidate' | 'reload'>;
  readonly sessions: Pick<SessionStore, 'find'>;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Maximum number of answers in progress. Further queries are not answered, which Telegram treats as a refusal. */
  readonly maxPending: number;
}

/** Telegram waits for 10 seconds; the rest is for the network. */
const ANSWER_DEADLINE_MS = 9_000;
/** Time limit of the database to find out if the invoice is still valid. */
const DECISION_TIMEOUT_MS = 5_000;
const RETRY_DELAY_MS = 300;

/** Shown to a user whose payment is refused. */
const REFUSAL_MESSAGES = {
  gone: 'This invoice is no longer valid. You have not been charged.',
  foreign: 'This invoice is for another user. You have not been charged.',
  unknown: 'This invoice is unknown. You have not been charged.',
  unsure: 'The payment is temporarily unavailable. You have not been charged; please try again in a minute.',
} as const;

type Decision =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: keyof typeof REFUSAL_MESSAGES; readonly message: string };

/**
 * Answers pre-checkout queries at once, independently of the lanes, the outbox and its backlog, because Telegram
 * cancels the payment after 10 seconds. A payment is accepted while the session is at the same visit of the invoice
 * step, or if the invoice accepts late payments. If that cannot be found out in time, the payment is refused: the user
 * is not charged and can press again, while a payment for something that is gone would have to be refunded. An accepted
 * payment that arrives after the session has moved on is not lost: see `onPayment`.
 */
export class CheckoutResponder {
  readonly #deps: CheckoutResponderDeps;
  readonly #pending = new Set<Promise<void>>();

  constructor(deps: CheckoutResponderDeps) {
    this.#deps = deps;
  }

  answer(bot: CachedBot, checkout: PreCheckoutQuery): void {
    if (this.#pending.size >= this.#deps.maxPending) {
      this.#deps.logger.warn(
        { bot_id: bot.bot.id },
        'a pre-checkout query was not answered, so Telegram cancels the payment: too many answers are in progress',
      );
      return;
    }
    const work: Promise<void> = this.#answer(bot, checkout).finally(() => this.#pending.delete(work));
    this.#pending.add(work);
  }

  /** Resolves when no answer is in progress. */
  async idle(): Promise<void> {
    while (this.#pending.size > 0) await Promise.all(this.#pending);
  }

  async #answer(bot: CachedBot, checkout: PreCheckoutQuery): Promise<void> {
    const { clock, logger } = this.#deps;
    const answerDeadline = clock.monotonic() + ANSWER_DEADLINE_MS;
    const bot_id = bot.bot.id;
    const decision = await this.#decide(bot, checkout);
    if (!decision.ok)
      logger.info({ bot_id, reason: decision.reason }, 'a payment was refused before the user was charged');
    const response: JsonObject = decision.ok ? { ok: true } : { ok: false, error_message: decision.message };
    try {
      await this.#call(bot.secrets, { pre_checkout_query_id: checkout.query_id, ...response }, answerDeadline);
    } catch (error) {
      logger.warn(
        { bot_id, error: errorMessage(error) },
        'a pre-checkout query could not be answered; Telegram cancels the payment',
      );
    }
  }

  async #decide(bot: CachedBot, { invoice_payload, user_id }: PreCheckoutQuery): Promise<Decision> {
    const invoice = decodeInvoicePayload(invoice_payload);
    // An invoice of the host, not of a flow: it is accepted if a flow handles payments.
    if (invoice === null) return bot.program.payment_version === null ? refuse('unknown') : ACCEPTED;
    if (invoice.user_id !== user_id) return refuse('foreign');
    if (invoice.accepts_late) return ACCEPTED;
    try {
      return (await this.#isPayable(bot.bot.id, invoice))
        ? ACCEPTED
        : refuse('gone', customRefusalMessage(bot, invoice));
    } catch (error) {
      this.#deps.logger.warn(
        { bot_id: bot.bot.id, error: errorMessage(error) },
        'the session of an invoice could not be read in time; the payment is refused',
      );
      return refuse('unsure');
    }
  }

  /**
   * True if the session, or the one that it has interrupted, waits for this payment and its deadline has not passed.
   */
  async #isPayable(bot_id: string, { chat_id, thread_id, user_id, token }: InvoicePayload): Promise<boolean> {
    const { sessions, clock } = this.#deps;
    const session = await this.#withTimeout(
      sessions.find({ bot_id, chat_id, thread_id, user_id }),
      DECISION_TIMEOUT_MS,
    );
    const wait = session === null ? null : findInvoiceSession(readState(session), token)?.wait;
    return wait !== null && wait !== undefined && (wait.deadline === null || wait.deadline > clock.now());
  }

  #withTimeout<Result>(work: Promise<Result>, timeoutMs: number): Promise<Result> {
    return new Promise((resolve, reject) => {
      const cancel = this.#deps.clock.setTimer(timeoutMs, () => {
        reject(new Error('no response in time'));
      });
      work.then(resolve, reject).finally(cancel);
    });
  }

  /** Retries until the deadline of Telegram. */
  async #call(credentials: BotCredentials, payload: JsonObject, answerDeadline: number): Promise<void> {
    const { telegram, bots, clock } = this.#deps;
    for (;;) {
      try {
        const remainingMs = (): number => Math.max(1, answerDeadline - clock.monotonic());
        await this.#withTimeout(
          callWithTokenRefresh({ telegram, bots }, credentials, 'answerPreCheckoutQuery', payload, () => ({
            timeout: remainingMs(),
          })),
          remainingMs(),
        );
        return;
      } catch (error) {
        const isFinal = error instanceof TelegramApiError && error.error_code < 500 && error.error_code !== 429;
        if (isFinal || clock.monotonic() + RETRY_DELAY_MS >= answerDeadline) throw error;
      }
      await new Promise<void>((resolve) => clock.setTimer(RETRY_DELAY_MS, resolve));
    }
  }
}

const ACCEPTED: Decision = { ok: true };

function refuse(reason: keyof typeof REFUSAL_MESSAGES, message: string | null = null): Decision {
  return { ok: false, reason, message: message ?? REFUSAL_MESSAGES[reason] };
}

/** Returns the refusal message of the invoice step; null if it has none or its version is not loaded. */
function customRefusalMessage({ program }: CachedBot, { version_id, step }: InvoicePayload): string | null {
  const found = program.versions.get(version_id)?.program.list[step];
  return found?.kind === 'invoice' ? found.refusal : null;
}
