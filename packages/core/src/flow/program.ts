import type { JsonObject } from '../model/index.ts';
import type { ArgumentType, InterruptionPolicy } from './document-fields.ts';
import type { FlowProblem } from './flow-problem.ts';
import type { CompiledStep } from './steps/step-kinds.ts';
import type {
  CallbackTrigger,
  CompiledTriggers,
  EventTrigger,
  PayloadTrigger,
  TextTrigger,
} from './triggers/compile-triggers.ts';

/** A flow document, compiled. Immutable. */
export interface FlowProgram {
  readonly steps: ReadonlyMap<string, CompiledStep>;
  /** In the order of the document: generated callback data counts by it. */
  readonly list: readonly CompiledStep[];
  readonly initial: string;
  readonly triggers: CompiledTriggers;
  /** What becomes of the flow that this one interrupts. */
  readonly interruption_policy: InterruptionPolicy;
  /** What the menu of the bot says of its commands, in other languages too; null: they are not listed. */
  readonly menu: { readonly description: string; readonly descriptions: Readonly<Record<string, string>> } | null;
  /** Variables that the flow begins with. */
  readonly variables: JsonObject;
  /** What becomes variables of what stands behind a command. */
  readonly arguments: readonly CompiledArgument[];
  /** Step → the step to go to when it fails. */
  readonly on_error: ReadonlyMap<string, string>;
  /** Buttons that have callback data of their own. */
  readonly callbacks: ReadonlyMap<string, { readonly step: number; readonly button: number }>;
}

/** An argument of a command. */
export interface CompiledArgument {
  readonly variable: string;
  readonly type: ArgumentType;
}

/** One published version of a flow, compiled. */
export interface CompiledVersion {
  readonly id: number;
  readonly flow_id: string;
  readonly program: FlowProgram;
}

/** A stored version that cannot run, and why; the rest of the bot is not touched by it. */
export interface BrokenVersion {
  readonly id: number;
  readonly flow_id: string;
  readonly problems: readonly FlowProblem[];
}

/** All that a bot says: what the engine is given besides session, event and env. Made by `buildBotProgram`, immutable. */
export interface BotProgram {
  readonly bot: BotFacts;
  /** Of every active flow the version in force, and those older versions that somebody is still in. */
  readonly versions: ReadonlyMap<number, CompiledVersion>;
  /** Versions that were given but cannot run. */
  readonly broken: ReadonlyMap<number, BrokenVersion>;
  /** Trigger command without slash, lower case → the version in force. */
  readonly commands: ReadonlyMap<string, CompiledVersion>;
  /** Commands of which also matters what stands behind them: whole payloads first, then the longest beginnings. */
  readonly payload_triggers: readonly { readonly trigger: PayloadTrigger; readonly version: CompiledVersion }[];
  readonly default_version: CompiledVersion | null;
  /** What people write that starts a flow, in the order in which it is looked at. */
  readonly text_triggers: readonly { readonly trigger: TextTrigger; readonly version: CompiledVersion }[];
  /** What starts by a person's first message. */
  readonly first_contact_version: CompiledVersion | null;
  /** What starts by what nobody takes. */
  readonly fallback_version: CompiledVersion | null;
  /** Data of buttons that no flow made: whole ones first, then the longest beginnings. */
  readonly callback_triggers: readonly { readonly trigger: CallbackTrigger; readonly version: CompiledVersion }[];
  /** What happens in chats that starts a flow: reactions with certain emoji before those with any. */
  readonly event_triggers: readonly { readonly trigger: EventTrigger; readonly version: CompiledVersion }[];
  /** What starts by a payment that no step waits for. */
  readonly payment_version: CompiledVersion | null;
  /** What starts when a step fails that has no error branch; null: the flow just ends. */
  readonly error_version: CompiledVersion | null;
  /** A button's own `callback_data` → where it is, for the versions in force. */
  readonly callbacks: ReadonlyMap<string, ButtonPlace>;
  /** flow id → the version in force, for jumps to another flow. */
  readonly current: ReadonlyMap<string, CompiledVersion>;
  /** A flow's name, lower case → the version in force. */
  readonly names: ReadonlyMap<string, CompiledVersion>;
}

export interface ButtonPlace {
  readonly version: CompiledVersion;
  /** Index of the step in the document, and of the button on it. */
  readonly step: number;
  readonly button: number;
  /** What generated callback data says besides; see `ButtonAddress`. */
  readonly detail: string | null;
}

/** The bot, as templates see `bot.*`. */
export interface BotFacts {
  readonly id: string;
  readonly name: string;
  readonly username: string;
  /** Where times are meant that name no zone and whose person has none; UTC when left out. */
  readonly time_zone?: string | undefined;
  /** Chats by the names that the bot's settings give them. */
  readonly chats?: Readonly<Record<string, number>> | undefined;
}
