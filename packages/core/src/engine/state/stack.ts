import { isList } from '../../flow/index.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../model/index.ts';
import type { Session } from './session.ts';

/** What waits for the walk to come back: loops of the flow it is in, and the flows that called this one. */
export interface Stack {
  /** Loops that are under way, the innermost last. */
  readonly rounds: readonly Round[];
  /** Calls that are under way, the innermost last. */
  readonly frames: readonly Frame[];
}

/** A loop on its way; plain data. */
export type Round = {
  readonly step_id: string;
  /** Index of the item that it is at. */
  readonly index: number;
};

/** A flow that has called another, as it was then; plain data. It stays on its version. */
export type Frame = {
  readonly flow_version_id: number;
  /** The step that called. */
  readonly step_id: string;
  readonly variables: JsonObject;
  readonly rounds: readonly Round[];
};

export const NO_STACK: Stack = Object.freeze({ rounds: Object.freeze([]), frames: Object.freeze([]) });

/** The stack of a session, as it was stored. */
export function stackOf({ state: { rounds, frames } }: Session): Stack {
  if (rounds === undefined && frames === undefined) return NO_STACK;
  return { rounds: listOf(rounds).flatMap(readRound), frames: listOf(frames).flatMap(readFrame) };
}

/** What of a stack goes into a session's state: nothing while it is empty. */
export function stackState({ rounds, frames }: Stack): JsonObject {
  return { ...(rounds.length === 0 ? {} : { rounds }), ...(frames.length === 0 ? {} : { frames }) };
}

function readRound(data: JsonValue): Round[] {
  if (!isJsonObject(data) || typeof data.step_id !== 'string' || typeof data.index !== 'number') return [];
  return [{ step_id: data.step_id, index: data.index }];
}

function readFrame(data: JsonValue): Frame[] {
  if (!isJsonObject(data) || typeof data.flow_version_id !== 'number' || typeof data.step_id !== 'string') return [];
  const { flow_version_id, step_id, variables, rounds } = data;
  return [
    {
      flow_version_id,
      step_id,
      variables: isJsonObject(variables) ? variables : {},
      rounds: listOf(rounds).flatMap(readRound),
    },
  ];
}

function listOf(data: JsonValue | undefined): readonly JsonValue[] {
  return isList(data) ? data : [];
}
