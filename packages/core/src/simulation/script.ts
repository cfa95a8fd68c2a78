import type { HttpRequest, OperatorCommand } from '../engine/index.ts';
import type { ChatEventName, DurationSource } from '../flow/index.ts';
import type { JsonObject, JsonValue } from '../model/index.ts';

/** What can happen in a script, by the member that names it. */
export interface ScriptActionMap {
  /** The person writes; `/start` is a command. A text alone means the same. */
  say: { readonly say: string };
  /** The person presses the newest button or key with this label. */
  press: { readonly press: string };
  /** The person presses a button with this data, whether it is shown or not. */
  callback: { readonly callback: string };
  /** The person shares a contact, their own when `user_id` is left out. */
  contact: {
    readonly contact: { readonly phone_number: string; readonly first_name?: string; readonly user_id?: number };
  };
  location: { readonly location: { readonly latitude: number; readonly longitude: number } };
  /** The person sends a file. */
  media: { readonly media: MediaKind; readonly caption?: string };
  /** Time passes; what is due in it happens. */
  wait: { readonly wait: DurationSource };
  /** A server answers the oldest request that waits. */
  http: { readonly http: HttpAnswer };
  /** The host's code gives this to the oldest action that waits. */
  action: { readonly action: JsonValue };
  /** The oldest request or action that waits fails. */
  fail: { readonly fail: { readonly code: string; readonly message: string } };
  /** The host tells of an event, for which a step may wait. */
  event: { readonly event: string; readonly data?: JsonValue };
  /** The person pays the newest invoice. */
  pay: { readonly pay: true };
  /** Somebody who runs the bot moves, resets or ends the session. */
  operator: { readonly operator: OperatorCommand };
  /** The host's code starts a flow: its id, `/command` or name. */
  start: { readonly start: string; readonly variables?: JsonObject };
  /** Something happens to the person in a chat. */
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
  /** 200 when left out. */
  readonly status?: number;
  readonly body?: JsonValue;
}

/** Another flow of the bot. */
export interface SimulatedFlow {
  readonly name: string;
  readonly flow_data: object;
  /** With or without the slash. */
  readonly trigger_command?: string;
  /** What a button, a jump or a call may name besides name and command. */
  readonly flow_id?: string;
}

export interface SimulationOptions {
  /** Flows besides the one that is looked at. */
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
  /** When it begins, ISO 8601; the clock stands still but for `wait`. */
  readonly starts_at?: string;
  /** Draws numbers in [0, 1); a fixed row of them when left out. */
  readonly random?: () => number;
  /** Answers requests at once; what it leaves (null) waits for the script. */
  readonly http?: (request: HttpRequest) => HttpAnswer | null;
  /** Stand-ins for the host's actions, by name; what they throw fails the step. Others wait for the script. */
  readonly actions?: Readonly<Record<string, (input: JsonValue) => JsonValue>>;
}
