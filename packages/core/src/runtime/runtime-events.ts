import { errorMessage } from '../errors/index.ts';
import type { StepType } from '../flow/index.ts';
import type { Logger } from '../ports/index.ts';

/**
 * Events that a host can listen to. They are emitted after the commit, at most once: work that must not be missed
 * belongs in a flow or a job.
 */
export interface RuntimeEventMap {
  'message.received': {
    readonly bot_id: string;
    readonly user_id: string | null;
    readonly message_id: number;
    readonly type: string;
    readonly text: string | null;
  };
  'message.sent': { readonly bot_id: string; readonly message_id: number; readonly telegram_message_id: number | null };
  'message.failed': { readonly bot_id: string; readonly message_id: number; readonly reason: string };
  'user.created': { readonly bot_id: string; readonly user_id: string; readonly chat_id: number };
  'user.blocked': { readonly bot_id: string; readonly chat_id: number };
  /**
   * A user has entered a step of a flow, of any type. `chat_id` is the private chat of the user. `started_by`: the
   * reason if the flow started with this step, as in traces (`command start`, `keyword`, `callback`); otherwise null.
   */
  'step.entered': {
    readonly bot_id: string;
    readonly user_id: string;
    readonly chat_id: number;
    readonly flow_id: string;
    readonly step_id: string;
    readonly type: StepType;
    readonly started_by: string | null;
  };
  /** A `handover` step has handed the session over to an operator. `sessions.giveBack` accepts this `session_id`. */
  'session.handed_over': {
    readonly bot_id: string;
    readonly user_id: string;
    readonly session_id: string;
    readonly subject: string | null;
  };
  /** Telegram rejects the token of the bot. */
  'bot.unauthorized': { readonly bot_id: string };
  'update.dead_letter': { readonly bot_id: string; readonly update_id: number; readonly reason: string };
}

export type RuntimeEventName = keyof RuntimeEventMap;
export type RuntimeListener<Name extends RuntimeEventName> = (event: RuntimeEventMap[Name]) => void | Promise<void>;

/** Calls the listeners of events. An error of a listener is logged and has no other effect. */
export class RuntimeEvents {
  readonly #listeners = new Map<RuntimeEventName, Set<(event: never) => unknown>>();
  readonly #logger: Logger;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  /** Adds a listener. Returns a function that removes it. */
  on<Name extends RuntimeEventName>(name: Name, listener: RuntimeListener<Name>): () => void {
    const set = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, set.add(listener));
    return () => {
      set.delete(listener);
    };
  }

  /** True if there is a listener: without one, the event need not be built. */
  has(name: RuntimeEventName): boolean {
    return (this.#listeners.get(name)?.size ?? 0) > 0;
  }

  emit<Name extends RuntimeEventName>(name: Name, event: RuntimeEventMap[Name]): void {
    for (const listener of this.#listeners.get(name) ?? []) {
      // `on` stored the listener under this name, so it accepts this event.
      void this.#callListener(name, listener as RuntimeListener<Name>, event);
    }
  }

  async #callListener<Name extends RuntimeEventName>(
    name: Name,
    listener: RuntimeListener<Name>,
    event: RuntimeEventMap[Name],
  ): Promise<void> {
    try {
      await listener(event);
    } catch (error) {
      this.#logger.error(
        { event: name, error: errorMessage(error) },
        'a listener of the host threw an error; other listeners are not affected',
      );
    }
  }
}
