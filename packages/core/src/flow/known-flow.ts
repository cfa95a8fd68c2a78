import type { JsonObject } from '../model/index.ts';

/** A flow of the bot, as far as other flows can refer to it or be in its way. */
export interface KnownFlow {
  readonly flow_id: string;
  readonly name: string;
  /** With or without the slash. */
  readonly trigger_command: string | null;
  /** To compare callback data; without it they are not compared. */
  readonly flow_data?: JsonObject;
}

export interface FlowContext {
  /** The bot's active flows; the one that is being written is skipped. */
  readonly flows: readonly KnownFlow[];
  /** The one that is being written, as it will be: it may lead to itself. */
  readonly self?: Omit<KnownFlow, 'flow_data'>;
  /** Names of the actions that the host defines; without it they are not looked at. */
  readonly actions?: ReadonlySet<string>;
  /** Names of the bot's secrets; without it they are not looked at. */
  readonly secrets?: ReadonlySet<string>;
  /** Bytes of the bot's uploads by id; without it they are not looked at. */
  readonly uploads?: ReadonlyMap<string, number>;
  /** Names of the chats in the bot's settings; without it they are not looked at. */
  readonly chats?: ReadonlySet<string>;
}
