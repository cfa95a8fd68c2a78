import { errorMessage } from '../../errors/index.ts';
import type { JsonValue } from '../../model/index.ts';
import type { Clock, Logger } from '../../ports/index.ts';
import type { OutboxItem, OutboxStore, SendOutcome } from '../../storage/index.ts';
import type { BatchedWriter } from '../async/batched-writer.ts';
import type { RuntimeEvents } from '../runtime-events.ts';
import { toNewMessage } from './edit-in-place.ts';
import type { OutboxLoader } from './loader/outbox-loader.ts';
import { pauseMsAfter } from './pause-parameter.ts';
import type { SendQueue, Turn } from './queue/send-queue.ts';
import { messageIdOf } from './send-outcome.ts';
import type { SendDecision } from './send-policy.ts';

export interface SendResultHandlerDeps {
  readonly queue: SendQueue;
  readonly loader: OutboxLoader;
  readonly writer: Pick<BatchedWriter<SendOutcome>, 'add'>;
  readonly outbox: Pick<OutboxStore, 'failBlocked' | 'moveChat'>;
  /** Called when the credentials of a bot were rejected, by Telegram or by the database: do not trust the cache. */
  readonly onCredentialsRejected: (bot_id: string) => void;
  /** Called when failures were recorded without the writer. */
  readonly onFailuresRecorded: () => void;
  /** Called when the pause of a chat, or of this bot, has ended. */
  readonly wake: (bot_id?: string) => void;
  readonly events: RuntimeEvents;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Pause of a bot that was deleted or deactivated, or whose credentials could not be read. */
const BOT_PAUSE_MS = 60_000;
/**
 * If Telegram rejects this many chats of a bot in a row, the limit of the bot itself is exceeded: about 30 messages per
 * second in total (docs of the Bot API, "My bot is hitting limits").
 */
const RATE_LIMITED_CHATS_THRESHOLD = 3;

/** Applies the result of a send to its row, its chat and its bot. */
export class SendResultHandler {
  readonly #deps: SendResultHandlerDeps;
  readonly #queue: SendQueue;

  constructor(deps: SendResultHandlerDeps) {
    this.#deps = deps;
    this.#queue = deps.queue;
  }

  onSent(turn: Turn, result: JsonValue): void {
    const { source, id, bot_id } = turn.item;
    const telegram_message_id = messageIdOf(result);
    const pause = pauseMsAfter(turn.item);
    this.#queue.onAccepted(turn);
    this.#queue.removeHead(turn);
    if (pause > 0) this.#pauseChatFor(turn, pause);
    this.#deps.writer.add({ source, id, kind: 'sent', telegram_message_id, at: this.#deps.clock.now() });
    if (source === 'message' && this.#deps.events.has('message.sent'))
      this.#deps.events.emit('message.sent', { bot_id, message_id: id, telegram_message_id });
  }

  apply(decision: SendDecision, turn: Turn): void {
    const { item } = turn;
    switch (decision.kind) {
      case 'sent':
        this.onSent(turn, null);
        return;
      case 'fail':
        this.#fail(turn, item, decision.reason);
        if (decision.chat === 'unreachable') this.#failChat(turn, decision.reason);
        return;
      case 'retry':
        this.#deps.logger.debug(
          { bot_id: item.bot_id, id: item.id, delay: decision.delay, reason: decision.reason },
          'a send failed and will be tried again after the delay',
        );
        this.#pauseChatFor(turn, decision.delay);
        return;
      case 'wait':
        void decision.until.then(this.#pauseChat(turn));
        return;
      case 'too_fast':
        this.#applyRateLimit(turn, decision.delay, decision.reason);
        return;
      case 'unauthorized':
        if (!this.#queue.isBotPaused(item.bot_id)) {
          this.#deps.logger.error(
            { bot_id: item.bot_id },
            'Telegram rejects the token of this bot, which sends nothing now; set a valid token',
          );
          this.#deps.events.emit('bot.unauthorized', { bot_id: item.bot_id });
        }
        this.#pauseBot(turn, decision.delay);
        return;
      case 'leave_thread':
        this.#queue.replaceHead(turn, { ...item, thread_id: 0 });
        return;
      case 'send_anew':
        this.#queue.replaceHead(turn, toNewMessage(item));
        return;
      case 'migrate':
        this.#migrate(turn, decision.chat_id);
        return;
      case 'leave_queued':
        this.#pauseBot(turn, BOT_PAUSE_MS);
    }
  }

  /** The lease was lost during the try: the new owner of the row tries again, not this instance. */
  yieldToNewOwner(turn: Turn): void {
    this.#queue.removeHead(turn);
    this.#deps.loader.remove([turn.item]);
    this.#deps.loader.requestBotScan(turn.item.bot_id);
  }

  #pauseChatFor(turn: Turn, delay: number): void {
    this.#deps.clock.setTimer(delay, this.#pauseChat(turn));
  }

  /** Pauses the chat. Returns a function that resumes it. */
  #pauseChat(turn: Turn): () => void {
    const resume = this.#queue.pauseChat(turn);
    return () => {
      resume();
      this.#deps.wake();
    };
  }

  #wakeAfter(bot_id: string, delay: number): void {
    this.#deps.clock.setTimer(delay, () => {
      this.#deps.wake(bot_id);
    });
  }

  /** Pauses the chat. If several chats were limited in a row, pauses the bot instead of trying each of its chats. */
  #applyRateLimit(turn: Turn, delay: number, reason: string): void {
    const { bot_id, id } = turn.item;
    const chats = this.#queue.onRateLimited(turn);
    this.#deps.logger.debug(
      { bot_id, id, delay, chats, reason },
      'Telegram limits the rate of a chat; it is paused for the delay',
    );
    this.#pauseChatFor(turn, delay);
    if (chats < RATE_LIMITED_CHATS_THRESHOLD || this.#queue.isBotPaused(bot_id)) return;
    this.#deps.logger.warn({ bot_id, delay }, 'a bot exceeds the rate limit of Telegram; it is paused for the delay');
    this.#queue.pauseBot(turn);
    this.#wakeAfter(bot_id, delay);
  }

  /** Pauses a bot. Its rows stay only in the table until then; the next try reads its credentials again. */
  #pauseBot(turn: Turn, delay: number): void {
    const { bot_id } = turn.item;
    if (!this.#queue.isBotPaused(bot_id)) {
      this.#queue.pauseBot(turn);
      this.#deps.onCredentialsRejected(bot_id);
      this.#wakeAfter(bot_id, delay);
    }
    this.#deps.loader.unloadBot(bot_id);
  }

  #fail(turn: Turn, item: OutboxItem, reason: string): void {
    this.#queue.removeHead(turn);
    this.#deps.writer.add({ source: item.source, id: item.id, kind: 'failed', reason });
    if (item.source === 'message')
      this.#deps.events.emit('message.failed', { bot_id: item.bot_id, message_id: item.id, reason });
  }

  /** No other message to this chat can succeed: its rows fail with the same reason, in memory and in the table. */
  #failChat(turn: Turn, reason: string): void {
    const { bot_id, chat_id } = turn.item;
    for (let next = this.#queue.headOf(turn); next !== undefined; next = this.#queue.headOf(turn))
      this.#fail(turn, next, reason);
    this.#deps.events.emit('user.blocked', { bot_id, chat_id });
    this.#runInBackground(
      this.#deps.outbox.failBlocked(bot_id, chat_id, reason).then(() => {
        this.#deps.onFailuresRecorded();
      }),
      'the messages for a blocked user could not be marked as failed; they will be tried again',
    );
  }

  /** The group has a new ID: rows for the old ID follow, in order. */
  #migrate(turn: Turn, chat_id: number): void {
    const { bot_id, chat_id: old_id } = turn.item;
    this.#deps.loader.remove(this.#queue.clear(turn.chat));
    this.#runInBackground(
      this.#deps.outbox.moveChat(bot_id, old_id, chat_id).then(() => {
        this.#deps.loader.requestBotScan(bot_id);
      }),
      'queued messages could not be moved to the new ID of a group; trying again',
    );
  }

  #runInBackground(work: Promise<void>, failure: string): void {
    work.catch((error: unknown) => {
      this.#deps.logger.warn({ error: errorMessage(error) }, failure);
      // Rows that were removed from memory are still in the table.
      this.#deps.loader.requestFullScan();
    });
  }
}
