import { CHAT_EVENT_NAMES, isList } from '../../flow/index.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../model/index.ts';
import {
  NO_EVENT_TIMES,
  NO_STACK,
  NO_STEP_STATE,
  NO_VARIABLES,
  type ChatEventTimes,
  type Frame,
  type InterruptedState,
  type OriginEvent,
  type Round,
  type SessionState,
  type Stack,
} from './session-state.ts';
import type { Session } from './session.ts';
import { WAIT_REASONS, type Wait, type WaitReason } from './wait.ts';

/**
 * Reads the stored form of a session, with the member names of the stored JSON: `rounds` and `frames` are the stack,
 * `kept` is the state of the current step, `told` are the times of chat events. Every shape stored so far is accepted;
 * a member with another shape counts as missing, so a damaged row never stops a conversation.
 *
 * When the shape has to change, the new one gets a member `version`, and this is the place that upgrades the old one.
 */
export function readState({ flow_version_id, step_id, state }: Session): SessionState {
  const { variables, rounds, frames, wait, kept, origin, interrupted, told } = state;
  return {
    flow_version_id,
    step_id,
    variables: isJsonObject(variables) ? variables : NO_VARIABLES,
    stack: rounds === undefined && frames === undefined ? NO_STACK : readStack(rounds, frames),
    wait: wait === undefined ? null : readWait(wait),
    step_state: isJsonObject(kept) ? kept : NO_STEP_STATE,
    origin: origin === undefined ? null : readOrigin(origin),
    interrupted: interrupted === undefined ? null : readInterrupted(interrupted),
    chat_event_times: told === undefined ? NO_EVENT_TIMES : readEventTimes(told),
  };
}

function readStack(rounds: JsonValue | undefined, frames: JsonValue | undefined): Stack {
  return { rounds: listOf(rounds).flatMap(readRound), frames: listOf(frames).flatMap(readFrame) };
}

function readRound(data: JsonValue): Round[] {
  if (!isJsonObject(data) || typeof data.step_id !== 'string' || typeof data.index !== 'number') return [];
  return [{ step_id: data.step_id, index: data.index }];
}

function readFrame(data: JsonValue): Frame[] {
  if (!isJsonObject(data)) return [];
  const { flow_version_id, step_id, variables, rounds } = data;
  if (typeof flow_version_id !== 'number' || typeof step_id !== 'string') return [];
  return [
    {
      flow_version_id,
      step_id,
      variables: isJsonObject(variables) ? variables : {},
      rounds: listOf(rounds).flatMap(readRound),
    },
  ];
}

function readWait(data: JsonValue): Wait | null {
  if (!isJsonObject(data) || typeof data.token !== 'string') return null;
  const { token, reason, deadline, subject } = data;
  const wait: Wait = {
    token,
    // An unknown reason still ends by its token; as a wait for a time it does nothing else.
    reason: isWaitReason(reason) ? reason : 'time',
    deadline: typeof deadline === 'number' ? deadline : null,
  };
  return typeof subject === 'string' ? { ...wait, subject } : wait;
}

function isWaitReason(reason: JsonValue | undefined): reason is WaitReason {
  return typeof reason === 'string' && Object.hasOwn(WAIT_REASONS, reason);
}

function readOrigin(data: JsonValue): OriginEvent | null {
  if (!isJsonObject(data) || !isChatEventName(data.name)) return null;
  const { name, at, chat, emoji, invite_link, bio } = data;
  const { id, title }: JsonObject = isJsonObject(chat) ? chat : {};
  return {
    kind: 'chat_event',
    name,
    at: typeof at === 'number' ? at : 0,
    chat: { id: typeof id === 'number' ? id : 0, title: textOrNull(title) },
    emoji: textOrNull(emoji),
    invite_link: textOrNull(invite_link),
    bio: textOrNull(bio),
  };
}

function isChatEventName(name: JsonValue | undefined): name is OriginEvent['name'] {
  return CHAT_EVENT_NAMES.some((each) => each === name);
}

function readInterrupted(data: JsonValue): InterruptedState | null {
  if (!isJsonObject(data)) return null;
  const { flow_version_id, step_id, state } = data;
  if (typeof flow_version_id !== 'number' || typeof step_id !== 'string') return null;
  return {
    ...readState({ flow_version_id, step_id, state: isJsonObject(state) ? state : {} }),
    flow_version_id,
    step_id,
  };
}

function readEventTimes(data: JsonValue): ChatEventTimes {
  if (!isJsonObject(data)) return NO_EVENT_TIMES;
  const times: { [Name in OriginEvent['name']]?: number } = {};
  for (const [name, at] of Object.entries(data)) if (isChatEventName(name) && typeof at === 'number') times[name] = at;
  return times;
}

function listOf(data: JsonValue | undefined): readonly JsonValue[] {
  return isList(data) ? data : [];
}

function textOrNull(data: JsonValue | undefined): string | null {
  return typeof data === 'string' ? data : null;
}
