import type { JsonObject } from '../model/index.ts';
import type { FlowProgram } from './compile-flow.ts';

/** One published version of a flow, compiled. */
export interface CompiledVersion {
  readonly id: number;
  readonly flow_id: string;
  readonly program: FlowProgram;
}

/** All that a bot says: what the engine is given besides session, event and env. Made by `buildBotProgram`, immutable. */
export interface BotProgram {
  readonly bot: BotFacts;
  /** Of every active flow the version in force, and those older versions that somebody is still in. */
  readonly versions: ReadonlyMap<number, CompiledVersion>;
  /** Trigger command without slash, lower case → the version in force. */
  readonly commands: ReadonlyMap<string, CompiledVersion>;
  readonly default_version: CompiledVersion | null;
  /** A button's own `callback_data` → where it is, for the versions in force. */
  readonly callbacks: ReadonlyMap<string, { readonly version: CompiledVersion; readonly step_id: string; readonly button: number }>;
  /** flow id → the version in force, for jumps to another flow. */
  readonly current: ReadonlyMap<string, CompiledVersion>;
}

/** The bot, as templates see `bot.*`. */
export interface BotFacts {
  readonly id: string;
  readonly name: string;
  readonly username: string;
}

/** A stored flow with its version in force, as storage gives it. */
export interface PublishedFlow {
  readonly flow_id: string;
  readonly version_id: number;
  readonly flow_data: JsonObject;
  readonly trigger_command: string | null;
  readonly is_default: boolean;
}
