import type { Flow, JsonObject, Page, PageRequest, PublishedFlow, Scope } from '../model/index.ts';

export interface NewFlow {
  readonly bot_id: string;
  readonly name: string;
  readonly flow_data: JsonObject;
  readonly trigger_command: string | null;
  readonly is_default: boolean;
  readonly is_active: boolean;
}

/** The fields to change. A field that is missing stays as it is. */
export type FlowChange = Partial<Omit<NewFlow, 'bot_id'>>;

/** The published flows of a bot. */
export interface PublishedFlows {
  /** The revision of the bot when the flows were read. */
  readonly revision: number;
  readonly flows: readonly PublishedFlow[];
}

/** Flows and their versions. Every write increments the revision of the bot. */
export interface FlowStore {
  /**
   * Creates a flow and publishes its version 1.
   *
   * @throws BOT_NOT_FOUND - when the scope has no such bot
   * @throws FLOW_COMMAND_TAKEN - when another flow of the bot has the same command
   * @throws FLOW_DEFAULT_TAKEN - when another flow of the bot is the default
   */
  create(scope: Scope, flow: NewFlow): Promise<Flow>;
  get(scope: Scope, bot_id: string, id: string): Promise<Flow | null>;
  /**
   * Returns the oldest flows first.
   *
   * @throws BOT_NOT_FOUND - when the scope has no such bot
   */
  list(scope: Scope, bot_id: string, page: PageRequest): Promise<Page<Flow>>;
  /**
   * Changes a flow. New `flow_data` is published as a new version; running sessions stay on their version.
   *
   * @throws FLOW_NOT_FOUND - when the scope has no such bot, or the bot has no such flow
   * @throws FLOW_COMMAND_TAKEN, FLOW_DEFAULT_TAKEN - as in `create`
   */
  update(scope: Scope, bot_id: string, id: string, change: FlowChange): Promise<Flow>;
  /**
   * Removes a flow and its versions. Its sessions end the next time they are used.
   *
   * @throws FLOW_NOT_FOUND - when the scope has no such bot, or the bot has no such flow
   */
  delete(scope: Scope, bot_id: string, id: string): Promise<void>;
  /**
   * Returns the current version of every active flow. Flows and revision are read in one snapshot.
   *
   * @throws BOT_NOT_FOUND - when the bot does not exist
   */
  published(bot_id: string): Promise<PublishedFlows>;
  /** Returns versions by ID, for sessions and buttons that refer to an older version. Leaves out missing ones. */
  versions(bot_id: string, version_ids: readonly number[]): Promise<readonly PublishedFlow[]>;
}
