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
  /** Telegram or the row said no to the bot's credentials: what is cached of it is not to be believed. */
  readonly onCredentialsRejected: (bot_id: string) => void;
  /** Failures were recorded past the writer. */
  readonly onFailuresRecorded: () => void;
  /** A rest is over: a chat's, or this bot's. */
  readonly wake: (bot_id?: string) => void;
  readonly events: RuntimeEvents;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** How long a bot rests that is gone, switched off, or whose credentials could not be read. */
const BOT_PAUSE_MS = 60_000;
/** So many chats of a bot refused one after the other, and it is the bot that is too fast: 30 messages a second in all (docs of the Bot API, "My bot is hitting limits"). */
const RATE_LIMITED_CHATS_THRESHOLD = 3;

/** What follows from a send for its row, its chat and its bot. */
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
          'a send is put off',
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
            'Telegram does not accept the token of this bot; it sends nothing until the token is changed',
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

  /** The lease was lost during the try: who has the row now tries again, not we. */
  yieldToNewOwner(turn: Turn): void {
    this.#queue.removeHead(turn);
    this.#deps.loader.remove([turn.item]);
    this.#deps.loader.requestBotScan(turn.item.bot_id);
  }

  #pauseChatFor(turn: Turn, delay: number): void {
    this.#deps.clock.setTimer(delay, this.#pauseChat(turn));
  }

  /** The chat rests until what is given is called. */
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

  /** The chat rests; if others were refused just before, it is the bot that does, instead of each of its chats being tried. */
  #applyRateLimit(turn: Turn, delay: number, reason: string): void {
    const { bot_id, id } = turn.item;
    const chats = this.#queue.onRateLimited(turn);
    this.#deps.logger.debug({ bot_id, id, delay, chats, reason }, 'a send is put off');
    this.#pauseChatFor(turn, delay);
    if (chats < RATE_LIMITED_CHATS_THRESHOLD || this.#queue.isBotPaused(bot_id)) return;
    this.#deps.logger.warn({ bot_id, delay }, 'a bot sends faster than Telegram takes; it rests');
    this.#queue.pauseBot(turn);
    this.#wakeAfter(bot_id, delay);
  }

  /** Its rows stand in the table only until it may try again, with what the bot's row says then. */
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

  /** Nothing else to this chat can succeed: its rows fail with the same reason, here and in the table. */
  #failChat(turn: Turn, reason: string): void {
    const { bot_id, chat_id } = turn.item;
    for (let next = this.#queue.headOf(turn); next !== undefined; next = this.#queue.headOf(turn))
      this.#fail(turn, next, reason);
    this.#deps.events.emit('user.blocked', { bot_id, chat_id });
    this.#runInBackground(
      this.#deps.outbox.failBlocked(bot_id, chat_id, reason).then(() => {
        this.#deps.onFailuresRecorded();
      }),
      'a blocked user could not be marked',
    );
  }

  /** The group has a new id: what is queued for the old one follows, in order. */
  #migrate(turn: Turn, chat_id: number): void {
    const { bot_id, chat_id: old_id } = turn.item;
    this.#deps.loader.remove(this.#queue.clear(turn.chat));
    this.#runInBackground(
      this.#deps.outbox.moveChat(bot_id, old_id, chat_id).then(() => {
        this.#deps.loader.requestBotScan(bot_id);
      }),
      'queued messages could not be moved to the new id of a group',
    );
  }

  #runInBackground(work: Promise<void>, failure: string): void {
    work.catch((error: unknown) => {
      this.#deps.logger.warn({ error: errorMessage(error) }, failure);
      // What was taken out of memory still stands in the table.
      this.#deps.loader.requestFullScan();
    });
  }
}
