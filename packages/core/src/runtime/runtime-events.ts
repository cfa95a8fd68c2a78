import { errorMessage } from '../errors/index.ts';
import type { StepType } from '../flow/index.ts';
import type { Logger } from '../ports/index.ts';

/** What a host may listen to. All are told after the commit, at most once: what must not be missed belongs into a flow or a job. */
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
   * A person came to a step of a flow, of whatever type; `chat_id` is the person's own. `started_by`: the flow began here, and by what, as traces say it (`command start`,
   * `keyword`, `callback`); else null.
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
  /** A `handover` step has given the session to a human; `session_id` is what `sessions.giveBack` takes. */
  'session.handed_over': {
    readonly bot_id: string;
    readonly user_id: string;
    readonly session_id: string;
    readonly subject: string | null;
  };
  /** Telegram does not accept the bot's token any more. */
  'bot.unauthorized': { readonly bot_id: string };
  'update.dead_letter': { readonly bot_id: string; readonly update_id: number; readonly reason: string };
}

export type RuntimeEventName = keyof RuntimeEventMap;
export type RuntimeListener<Name extends RuntimeEventName> = (event: RuntimeEventMap[Name]) => void | Promise<void>;

/** Tells listeners; one that throws is logged and disturbs nobody. */
export class RuntimeEvents {
  readonly #listeners = new Map<RuntimeEventName, Set<(event: never) => unknown>>();
  readonly #logger: Logger;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  /** Gives a function that ends the listening. */
  on<Name extends RuntimeEventName>(name: Name, listener: RuntimeListener<Name>): () => void {
    const set = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, set.add(listener));
    return () => {
      set.delete(listener);
    };
  }

  /** Whether anybody listens: an event nobody wants need not be built. */
  has(name: RuntimeEventName): boolean {
    return (this.#listeners.get(name)?.size ?? 0) > 0;
  }

  emit<Name extends RuntimeEventName>(name: Name, event: RuntimeEventMap[Name]): void {
    for (const listener of this.#listeners.get(name) ?? []) {
      // `on` stored it under its own name, so it takes this event.
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
      this.#logger.error({ event: name, error: errorMessage(error) }, 'a listener threw');
    }
  }
}
