import { decodeCallback } from '../../flow/index.ts';
import type { EngineEvent } from '../event.ts';
import { readState } from '../state/read-state.ts';
import type { SessionState } from '../state/session-state.ts';
import type { Session } from '../state/session.ts';

/**
 * Returns the IDs of the versions that `advance` will look up for this session and event. The caller loads those that
 * the program lacks (`addVersions`); a version that no longer exists, or belongs to another bot, is left out.
 */
export function versionsNeeded(session: Session, event: EngineEvent): readonly number[] {
  const state = readState(session);
  const pressed = event.kind === 'callback' ? (decodeCallback(event.data)?.version_id ?? null) : null;
  if (pressed === null && state.interrupted === null && state.stack.frames.length === 0)
    return state.flow_version_id === null ? NONE : [state.flow_version_id];
  const ids = new Set([...(state.interrupted === null ? NONE : pinnedBy(state.interrupted)), ...pinnedBy(state)]);
  if (pressed !== null) ids.add(pressed);
  return [...ids];
}

/** The version of the session, and those of the flows that called it. */
function pinnedBy({ flow_version_id: current, stack }: SessionState): readonly number[] {
  if (current === null) return NONE;
  return [current, ...stack.frames.map(({ flow_version_id }) => flow_version_id)];
}

const NONE: readonly number[] = Object.freeze([]);
