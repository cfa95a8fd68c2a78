import { errorMessage } from '../../errors/index.ts';
import type { JsonValue } from '../../model/index.ts';
import type { Clock, Logger } from '../../ports/index.ts';
import type { OutboxItem, OutboxStore, SendOutcome } from '../../storage/index.ts';
import type { BatchedWriter } from '../async/batched-writer.ts';
import type { RuntimeEvents } from '../runtime-events.ts';
import { asNewMessage } from './edit-in-place.ts';
import type { OutboxLoader } from './loader/outbox-loader.ts';
import { pauseAfter } from './pause.ts';
import type { SendQueue, Turn } from './queue/send-queue.ts';
import { messageIdOf } from './send-outcome.ts';
import type { SendVerdict } from './send-policy.ts';

export interface SendResultsDeps {
  readonly queue: SendQueue;
  readonly loader: OutboxLoader;
  readonly writer: Pick<BatchedWriter<SendOutcome>, 'add'>;
  readonly outbox: Pick<OutboxStore, 'failBlocked' | 'moveChat'>;
  /** Telegram or the row said no to the bot's credentials: what is cached of it is not to be believed. */
  readonly onRefused: (bot_id: string) => void;
  /** Failures were recorded past the writer. */
  readonly onFailed: () => void;
  /** A rest is over: a chat's, or this bot's. */
  readonly wake: (bot_id?: string) => void;
  readonly events: RuntimeEvents;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** How long a bot rests that is gone, switched off, or whose credentials could not be read. */
const BOT_PAUSE = 60_000;
/** So many chats of a bot refused one after the other, and it is the bot that is too fast: 30 messages a second in all (docs of the Bot API, "My bot is hitting limits"). */
const FLOODED_CHATS = 3;

/** What follows from a send for its row, its chat and its bot. */
export class SendResults {
  readonly #deps: SendResultsDeps;
  readonly #queue: SendQueue;

  constructor(deps: SendResultsDeps) {
    this.#deps = deps;
    this.#queue = deps.queue;
  }

  sent(turn: Turn, result: JsonValue): void {
    const { source, id, bot_id } = turn.item;
    const telegram_message_id = messageIdOf(result);
    const pause = pauseAfter(turn.item);
    this.#queue.wasTaken(turn);
    this.#queue.leave(turn);
    if (pause > 0) this.#parkChat(turn, pause);
    this.#deps.writer.add({ source, id, kind: 'sent', telegram_message_id, at: this.#deps.clock.now() });
    if (source === 'message' && this.#deps.events.has('message.sent'))
      this.#deps.events.emit('message.sent', { bot_id, message_id: id, telegram_message_id });
  }

  apply(verdict: SendVerdict, turn: Turn): void {
    const { item } = turn;
    switch (verdict.kind) {
      case 'sent':
        this.sent(turn, null);
        return;
      case 'fail':
        this.#fail(turn, item, verdict.reason);
        if (verdict.chat === 'unreachable') this.#giveUpChat(turn, verdict.reason);
        return;
      case 'retry':
        this.#deps.logger.debug(
          { bot_id: item.bot_id, id: item.id, delay: verdict.delay, reason: verdict.reason },
          'a send is put off',
        );
        this.#parkChat(turn, verdict.delay);
        return;
      case 'wait':
        void verdict.until.then(this.#park(turn));
        return;
      case 'too_fast':
        this.#slowDown(turn, verdict.delay, verdict.reason);
        return;
      case 'unauthorized':
        if (!this.#queue.isBotParked(item.bot_id)) {
          this.#deps.logger.error(
            { bot_id: item.bot_id },
            'Telegram does not accept the token of this bot; it sends nothing until the token is changed',
          );
          this.#deps.events.emit('bot.unauthorized', { bot_id: item.bot_id });
        }
        this.#parkBot(turn, verdict.delay);
        return;
      case 'leave_thread':
        this.#queue.replace(turn, { ...item, thread_id: 0 });
        return;
      case 'send_anew':
        this.#queue.replace(turn, asNewMessage(item));
        return;
      case 'migrate':
        this.#migrate(turn, verdict.chat_id);
        return;
      case 'leave_queued':
        this.#parkBot(turn, BOT_PAUSE);
    }
  }

  /** The lease was lost during the try: who has the row now tries again, not we. */
  leaveToOthers(turn: Turn): void {
    this.#queue.leave(turn);
    this.#deps.loader.forget([turn.item]);
    this.#deps.loader.readBot(turn.item.bot_id);
  }

  #parkChat(turn: Turn, delay: number): void {
    this.#deps.clock.setTimer(delay, this.#park(turn));
  }

  /** The chat rests until what is given is called. */
  #park(turn: Turn): () => void {
    const unpark = this.#queue.parkChat(turn);
    return () => {
      unpark();
      this.#deps.wake();
    };
  }

  #wakeLater(bot_id: string, delay: number): void {
    this.#deps.clock.setTimer(delay, () => {
      this.#deps.wake(bot_id);
    });
  }

  /** The chat rests; if others were refused just before, it is the bot that does, instead of each of its chats being tried. */
  #slowDown(turn: Turn, delay: number, reason: string): void {
    const { bot_id, id } = turn.item;
    const chats = this.#queue.wasTooFast(turn);
    this.#deps.logger.debug({ bot_id, id, delay, chats, reason }, 'a send is put off');
    this.#parkChat(turn, delay);
    if (chats < FLOODED_CHATS || this.#queue.isBotParked(bot_id)) return;
    this.#deps.logger.warn({ bot_id, delay }, 'a bot sends faster than Telegram takes; it rests');
    this.#queue.parkBot(turn);
    this.#wakeLater(bot_id, delay);
  }

  /** Its rows stand in the table only until it may try again, with what the bot's row says then. */
  #parkBot(turn: Turn, delay: number): void {
    const { bot_id } = turn.item;
    if (!this.#queue.isBotParked(bot_id)) {
      this.#queue.parkBot(turn);
      this.#deps.onRefused(bot_id);
      this.#wakeLater(bot_id, delay);
    }
    this.#deps.loader.setAside(bot_id);
  }

  #fail(turn: Turn, item: OutboxItem, reason: string): void {
    this.#queue.leave(turn);
    this.#deps.writer.add({ source: item.source, id: item.id, kind: 'failed', reason });
    if (item.source === 'message')
      this.#deps.events.emit('message.failed', { bot_id: item.bot_id, message_id: item.id, reason });
  }

  /** Nothing else to this chat can succeed: its rows fail with the same reason, here and in the table. */
  #giveUpChat(turn: Turn, reason: string): void {
    const { bot_id, chat_id } = turn.item;
    for (let next = this.#queue.firstOf(turn); next !== undefined; next = this.#queue.firstOf(turn))
      this.#fail(turn, next, reason);
    this.#deps.events.emit('user.blocked', { bot_id, chat_id });
    this.#background(
      this.#deps.outbox.failBlocked(bot_id, chat_id, reason).then(() => {
        this.#deps.onFailed();
      }),
      'a blocked user could not be marked',
    );
  }

  /** The group has a new id: what is queued for the old one follows, in order. */
  #migrate(turn: Turn, chat_id: number): void {
    const { bot_id, chat_id: old_id } = turn.item;
    this.#deps.loader.forget(this.#queue.clear(turn.chat));
    this.#background(
      this.#deps.outbox.moveChat(bot_id, old_id, chat_id).then(() => {
        this.#deps.loader.readBot(bot_id);
      }),
      'queued messages could not be moved to the new id of a group',
    );
  }

  #background(work: Promise<void>, failure: string): void {
    work.catch((error: unknown) => {
      this.#deps.logger.warn({ error: errorMessage(error) }, failure);
      // What was taken out of memory still stands in the table.
      this.#deps.loader.readAll();
    });
  }
}
