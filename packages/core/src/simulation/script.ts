import type { HttpRequest, OperatorCommand } from '../engine/index.ts';
import type { ChatEventName, DurationSource } from '../flow/index.ts';
import type { JsonObject, JsonValue } from '../model/index.ts';

/** Actions of a script, by the member that names each. */
export interface ScriptActionMap {
  /** The person sends a text; `/start` is a command. A string alone means the same. */
  say: { readonly say: string };
  /** The person presses the newest button or key with this label. */
  press: { readonly press: string };
  /** The person presses a button with this data, shown or not. */
  callback: { readonly callback: string };
  /** The person shares a contact, by default their own. */
  contact: {
    readonly contact: { readonly phone_number: string; readonly first_name?: string; readonly user_id?: number };
  };
  location: { readonly location: { readonly latitude: number; readonly longitude: number } };
  /** The person sends a file. */
  media: { readonly media: MediaKind; readonly caption?: string };
  /** Time passes; timers that are due fire. */
  wait: { readonly wait: DurationSource };
  /** A server responds to the oldest pending request. */
  http: { readonly http: HttpAnswer };
  /** The host's code returns this for the oldest pending action. */
  action: { readonly action: JsonValue };
  /** The oldest pending request or action fails. */
  fail: { readonly fail: { readonly code: string; readonly message: string } };
  /** The host sends an event for which a step may wait. */
  event: { readonly event: string; readonly data?: JsonValue };
  /** The person pays the newest invoice. */
  pay: { readonly pay: true };
  /** An operator moves, resets or ends the session. */
  operator: { readonly operator: OperatorCommand };
  /** The host's code starts a flow: its ID, `/command` or name. */
  start: { readonly start: string; readonly variables?: JsonObject };
  /** A chat event happens to the person. */
  happens: {
    readonly happens: ChatEventName;
    readonly emoji?: string;
    readonly invite_link?: string;
    readonly bio?: string;
  };
}

export type ScriptActionKind = keyof ScriptActionMap;
export type ScriptAction = string | ScriptActionMap[ScriptActionKind];
export type MediaKind = 'photo' | 'video' | 'animation' | 'audio' | 'voice' | 'video_note' | 'document' | 'sticker';

export interface HttpAnswer {
  /** Default: 200. */
  readonly status?: number;
  readonly body?: JsonValue;
}

/** Another flow of the bot. */
export interface SimulatedFlow {
  readonly name: string;
  readonly flow_data: object;
  /** With or without the slash. */
  readonly trigger_command?: string;
  /** Reference for buttons, jumps and calls, in addition to name and command. */
  readonly flow_id?: string;
}

export interface SimulationOptions {
  /** Other flows of the bot. */
  readonly flows?: readonly SimulatedFlow[];
  readonly bot?: {
    readonly name?: string;
    readonly username?: string;
    readonly time_zone?: string;
    readonly error_flow?: string;
    readonly chats?: Readonly<Record<string, number>>;
  };
  readonly person?: {
    readonly chat_id?: number;
    readonly username?: string | null;
    readonly first_name?: string;
    readonly last_name?: string | null;
    readonly language?: string | null;
    readonly phone?: string | null;
    readonly tags?: readonly string[];
    readonly attributes?: JsonObject;
  };
  /** Start time, ISO 8601; only `wait` moves the clock. */
  readonly starts_at?: string;
  /** Returns numbers in [0, 1); default: a fixed sequence. */
  readonly random?: () => number;
  /** Responds to requests immediately; null leaves a request to the script. */
  readonly http?: (request: HttpRequest) => HttpAnswer | null;
  /**
   * Simulated actions of the host, by name; an error that they throw fails the step. Other actions wait for the script.
   */
  readonly actions?: Readonly<Record<string, (input: JsonValue) => JsonValue>>;
}
